package app.pekko;

import app.Announce;
import app.Handlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;

/** Actors on the default dispatcher, and on the one for blocking work. */
public final class PekkoActors {

    private PekkoActors() {}

    /** A message: the work, and a future for its end. */
    record Request(String what, CompletableFuture<String> done) {}

    static final class Worker extends AbstractActor {
        @Override
        public Receive createReceive() {
            return receiveBuilder().match(Request.class, Worker::handle).build();
        }

        private static void handle(Request request) {
            request.done()
                    .complete(
                            switch (request.what()) {
                                case "block" -> Handlers.block();
                                case "offload" -> Handlers.blockWhereItMay();
                                default -> Handlers.compute();
                            });
        }
    }

    public static void main(String[] args) throws Exception {
        ActorSystem system = ActorSystem.create("actors");
        ActorRef worker = system.actorOf(Props.create(Worker.class, Worker::new));
        ActorRef blocking = system.actorOf(
                Props.create(Worker.class, Worker::new).withDispatcher("pekko.actor.default-blocking-io-dispatcher"));
        for (int i = 0; i < 3; i++) {
            ask(worker, "compute");
            ask(worker, "block");
            ask(blocking, "offload");
        }
        Handlers.idle();
        ask(worker, "compute");
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
        Announce.print();
    }

    private static void ask(ActorRef actor, String what) throws Exception {
        CompletableFuture<String> done = new CompletableFuture<>();
        actor.tell(new Request(what, done), ActorRef.noSender());
        done.get(20, TimeUnit.SECONDS);
    }
}
