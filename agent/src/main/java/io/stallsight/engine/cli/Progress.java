package io.stallsight.engine.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Prints the name of a step, and every few seconds that the step still runs. */
final class Progress implements AutoCloseable {

    private static final long PERIOD_SECONDS = 3;

    private final long began = System.nanoTime();
    private final CountDownLatch done = new CountDownLatch(1);

    private Progress() {}

    static Progress of(String step) {
        Progress progress = new Progress();
        System.out.println(step);
        Thread thread = new Thread(progress::repeat, "progress");
        thread.setDaemon(true);
        thread.start();
        return progress;
    }

    private void repeat() {
        try {
            while (!done.await(PERIOD_SECONDS, TimeUnit.SECONDS)) {
                System.out.println("... still at it, after " + seconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    }

    @Override
    public void close() {
        done.countDown();
    }
}
