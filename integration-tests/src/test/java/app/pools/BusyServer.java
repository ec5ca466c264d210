package app.pools;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Fills the pool of a server, with three more requests in the queue, until the agent has reported it. */
public final class BusyServer {

    private static final int BEHIND = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private BusyServer() {}

    /** @param args the server */
    public static void main(String[] args) throws Exception {
        try (Witness witness = new Witness()) {
            Gate gate = new Gate();
            Servers server = Servers.start(args[0], gate);
            System.out.println("POOL " + server.pool());
            Requests requests = new Requests();
            System.out.println("SENT " + Instant.now());
            requests.send(server.port(), server.handlers() + BEHIND);
            gate.awaitHeld(server.handlers());
            witness.await(Set.of(server.pool()), Set.of(server.pool()), TIMEOUT);
            witness.await(Set.of(server.pool()), Set.of(), TIMEOUT);
            System.out.println("OPENED " + Instant.now());
            gate.open();
            requests.awaitAnswers();
            System.out.println("ANSWERED " + Instant.now());
            witness.await(Set.of(server.pool()), Set.of(), TIMEOUT);
        }
        System.exit(0);
    }
}
