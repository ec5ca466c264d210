package app.scheduler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordingStream;

/**
 * Virtual threads that are ready all the time, and others that keep their carriers: {@code cpu}, {@code read}. Ends
 * when a stall with a site was reported; {@code free} ends after a while. Is compiled for JDK 17, so it calls the
 * methods of JDK 21 by reflection.
 */
public final class Hogs {

    private static final long TIMEOUT_SECONDS = 60;
    private static final int TICKERS = 10;

    @SuppressWarnings("unused") // keeps the computation
    private static volatile long result;

    private Hogs() {}

    public static void main(String[] args) throws Exception {
        CountDownLatch reported = new CountDownLatch(1);
        try (RecordingStream events = new RecordingStream()) {
            events.enable("stallsight.LoopStall");
            events.onEvent("stallsight.LoopStall", event -> {
                if (!event.getString("site").isEmpty()) {
                    reported.countDown();
                }
            });
            events.startAsync();
            for (int i = 0; i < TICKERS; i++) {
                startVirtual("ticker-" + i, Hogs::tick);
            }
            if (args[0].equals("free")) {
                startVirtual("hog-0", () -> compute(3_000)).join();
            } else if (!hold(args[0], reported)) {
                System.out.println("MISSING: no stall with a site was reported");
            }
        }
        System.exit(0);
    }

    /** Holds the carriers up again and again until that was reported. */
    private static boolean hold(String how, CountDownLatch reported) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        int round = 0;
        do {
            startVirtual("hog-" + round++, how.equals("cpu") ? () -> compute(400) : Hogs::read)
                    .join();
        } while (!reported.await(1_500, TimeUnit.MILLISECONDS) && System.nanoTime() - end < 0);
        return reported.getCount() == 0;
    }

    private static void tick() {
        while (true) {
            sleep(5);
        }
    }

    private static void compute(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long value = 1;
        while (System.nanoTime() < end) {
            value = value * 31 + 7;
        }
        result = value;
    }

    /** The read of a pipe keeps its carrier: the scheduler cannot start another one here. */
    private static void read() {
        try {
            Process process = new ProcessBuilder("sleep", "0.6").start();
            result = process.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread startVirtual(String name, Runnable task) throws ReflectiveOperationException {
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        Class<?> type = Class.forName("java.lang.Thread$Builder$OfVirtual");
        Object named = type.getMethod("name", String.class).invoke(builder, name);
        Method start = type.getMethod("start", Runnable.class);
        return (Thread) start.invoke(named, task);
    }
}
