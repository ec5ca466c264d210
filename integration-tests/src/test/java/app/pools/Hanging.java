package app.pools;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A pool whose queue does not return when it is asked for its size, beside a pool that is well. */
public final class Hanging {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private Hanging() {}

    /** A queue that asks a server for its size. The server does not answer. */
    private static final class RemoteQueue extends LinkedBlockingQueue<Runnable> {

        private static final CountDownLatch ASKED = new CountDownLatch(1);
        private static final CountDownLatch ANSWER = new CountDownLatch(1);

        @Override
        public int size() {
            ASKED.countDown();
            try {
                ANSWER.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return super.size();
        }
    }

    public static void main(String[] args) throws Exception {
        try (Witness witness = new Witness()) {
            ThreadPoolExecutor remote = pool("remote", new RemoteQueue());
            ThreadPoolExecutor well = pool("well", new LinkedBlockingQueue<>());
            RemoteQueue.ASKED.await();
            for (ThreadPoolExecutor pool : new ThreadPoolExecutor[] {remote, well}) {
                pool.submit(() -> {}).get();
            }
            witness.await(Set.of("well-#"), Set.of(), TIMEOUT);
        }
        System.out.println("SAMPLED");
        System.in.read();
    }

    private static ThreadPoolExecutor pool(String name, LinkedBlockingQueue<Runnable> queue) throws Exception {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(2, 2, 1, TimeUnit.MINUTES, queue, task -> {
            Thread thread = new Thread(task, name + "-1");
            thread.setDaemon(true);
            return thread;
        });
        pool.submit(() -> {}).get();
        return pool;
    }
}
