package app.pools;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Pools of frameworks whose queue has room for one task; they refuse further ones. */
public final class Refusing {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private Refusing() {}

    public static void main(String[] args) throws Exception {
        try (Witness witness = new Witness()) {
            Gate gate = new Gate();
            QueuedThreadPool jetty = new QueuedThreadPool(2, 2, 60_000, new ArrayBlockingQueue<>(1));
            jetty.setName("jobs");
            jetty.setReservedThreads(0);
            jetty.start();
            fill(jetty, 2, 3, gate);
            Scheduler reactor = Schedulers.newBoundedElastic(1, 1, "capped");
            fill(reactor::schedule, 1, 2, gate);
            witness.await(Set.of("jobs-#", "capped-#"), Set.of(), TIMEOUT);
        }
        System.exit(0);
    }

    private static void fill(Executor pool, int workers, int tooMany, Gate gate) {
        for (int i = 0; i < workers; i++) {
            pool.execute(gate::hold);
            gate.awaitHeld(1); // out of the queue
        }
        pool.execute(gate::hold);
        for (int i = 0; i < tooMany; i++) {
            try {
                pool.execute(gate::hold);
                throw new IllegalStateException("not refused");
            } catch (RejectedExecutionException expected) {
                // the queue is full
            }
        }
    }
}
