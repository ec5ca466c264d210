package app.pools;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * A semaphore that guards work.
 *
 * @param name as reports have it
 */
record Limit(String name, Semaphore permits) {

    /** The name of a semaphore that the calling line makes. */
    static String here() {
        StackTraceElement line = new Throwable().getStackTrace()[1];
        return "semaphore " + line.getFileName() + ":" + line.getLineNumber();
    }

    /** The current thread acquires a permit, works a little and releases it, so many times. */
    void use(int times) {
        for (int i = 0; i < times; i++) {
            permits.acquireUninterruptibly();
            LockSupport.parkNanos(20_000);
            permits.release();
        }
    }
}
