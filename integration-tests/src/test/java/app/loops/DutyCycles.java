package app.loops;

import app.Announce;
import app.Handlers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * Agents of Agrona, which neither select nor wait for a task: one spins, one parks for a while, and one has an idle
 * strategy of its own.
 */
public final class DutyCycles {

    private static final int TASKS = 1_000;

    /** Each loop computes for so long once. */
    public static final int COMPUTE_MILLIS = 150;

    private DutyCycles() {}

    public static void main(String[] args) throws Exception {
        serve("orders-spinning", new BusySpinIdleStrategy());
        serve("orders-parking", new BackoffIdleStrategy());
        serve("orders-own", new Naps());
        Announce.print();
    }

    private static void serve(String name, IdleStrategy idle) throws InterruptedException {
        Duty duty = new Duty(name);
        try (AgentRunner runner = new AgentRunner(idle, Throwable::printStackTrace, null, duty)) {
            AgentRunner.startOnThread(runner);
            Handlers.idle();
            for (int i = 0; i < TASKS; i++) {
                duty.tasks.add(Handlers::compute);
            }
            duty.await(DutyCycles::guessType);
            duty.await(Handlers::block);
            duty.await(DutyCycles::computeForLong);
        }
    }

    /** Its first use looks for detectors, once. */
    private static void guessType() {
        try {
            Files.probeContentType(Path.of("orders.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void computeForLong() {
        long end = System.nanoTime() + COMPUTE_MILLIS * 1_000_000L;
        while (System.nanoTime() - end < 0) {
            Handlers.compute();
        }
    }

    /** Runs tasks, ten in a round. */
    private record Duty(String roleName, Queue<Runnable> tasks, AtomicLong rounds) implements Agent {

        Duty(String roleName) {
            this(roleName, new ConcurrentLinkedQueue<>(), new AtomicLong());
        }

        @Override
        public int doWork() {
            rounds.incrementAndGet();
            int done = 0;
            for (Runnable task = tasks.poll(); task != null; task = done < 10 ? tasks.poll() : null) {
                task.run();
                done++;
            }
            return done;
        }

        /** Returns when the round with the task is over: the next task is in a round of its own. */
        void await(Runnable task) throws InterruptedException {
            CountDownLatch ran = new CountDownLatch(1);
            tasks.add(task);
            tasks.add(ran::countDown);
            ran.await();
            long round = rounds.get();
            while (rounds.get() == round) {
                Thread.sleep(1);
            }
        }
    }

    /** Parks after each round without work. */
    private static final class Naps implements IdleStrategy {

        @Override
        public void idle(int workCount) {
            if (workCount <= 0) {
                idle();
            }
        }

        @Override
        public void idle() {
            LockSupport.parkNanos(this, 3_000_000L);
        }

        @Override
        public void reset() {}
    }
}
