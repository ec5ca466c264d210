package com.example.pricing;

/** A plug-in's table, which it computes in a static initialiser. */
public final class PriceTable implements Runnable {
    private static final long COMPUTE_MILLIS = 200;
    private static final boolean READY = compute();

    private static boolean compute() {
        try {
            Thread.sleep(COMPUTE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Prices an order. */
    @Override
    public void run() {
        if (!READY) {
            throw new IllegalStateException("no price table");
        }
    }
}
