package app.cost;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Threads that contend for one monitor. Arguments: their number, the seconds. Prints how often they had the monitor,
 * without the first quarter of the time.
 */
public final class Contend {

    private static final Object MONITOR = new Object();

    static volatile long sink;

    private Contend() {}

    public static void main(String[] args) throws InterruptedException {
        int threads = Integer.parseInt(args[0]);
        long nanos = TimeUnit.SECONDS.toNanos(Long.parseLong(args[1]));
        long start = System.nanoTime();
        LongAdder rounds = new LongAdder();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(
                    () -> {
                        while (System.nanoTime() - start < nanos) {
                            synchronized (MONITOR) {
                                work();
                            }
                            if (System.nanoTime() - start > nanos / 4) {
                                rounds.increment();
                            }
                        }
                    },
                    "contend-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        TimeUnit.NANOSECONDS.sleep(nanos - (System.nanoTime() - start));
        System.out.println("ROUNDS " + rounds.sum());
    }

    /** Some 10 us. */
    private static void work() {
        long value = sink;
        for (int i = 0; i < 10_000; i++) {
            value = value * 31 + i;
        }
        sink = value;
    }
}
