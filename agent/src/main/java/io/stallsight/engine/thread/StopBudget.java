package io.stallsight.engine.thread;

import java.util.function.LongSupplier;

/**
 * How long one room may keep threads of the application from running in order to take their stacks.
 *
 * <p><b>Problem.</b> A stack of another thread is taken at a safepoint, which stops the whole JVM, or in a handshake,
 * which stops that thread (JDK 19 and later). Both cost 0.05 to 0.3 ms, more on a busy machine. Eight threads that
 * contend for a monitor would be reason for 700 safepoints a second.
 *
 * <p><b>Algorithm.</b> An account fills with a part of the time that passes, up to {@value #MAX_SAVED_MILLIS} ms, and
 * each stop is paid from it with the time that it took. {@link #level} says how full the account is: the fuller, the
 * less important a stack may be. The last stop may overdraw the account.
 *
 * <p><b>Given up.</b> On a busy machine the agent's own wait for a CPU is paid as well, but no more than
 * {@value #MAX_PAID_MILLIS} ms for one stop: else a single wait would end all sampling for minutes. Used by one thread;
 * {@link #reductions} by any.
 */
public final class StopBudget {

    private static final int MAX_SAVED_MILLIS = 50;
    private static final int MAX_PAID_MILLIS = 10;
    private static final long MAX_PAID = MAX_PAID_MILLIS * 1_000_000L;
    private static final int MILLE = 1_000;
    private static final long MAX_SAVED = MAX_SAVED_MILLIS * 1_000_000L;

    /** What is left of the account. */
    public enum Level {
        /** At least half: everything may be sampled. */
        FULL,
        /** Less than half: only what lasts, and less often. */
        LOW,
        /** Nothing. */
        EMPTY
    }

    private final int permille;
    private final LongSupplier clock;
    private long balance = MAX_SAVED;
    private long last;
    private volatile int reductions;

    /** @param permille the part of the time in which others may be kept from running */
    public StopBudget(int permille) {
        this(permille, System::nanoTime);
    }

    /** @param clock as {@link System#nanoTime()} */
    StopBudget(int permille, LongSupplier clock) {
        this.permille = permille;
        this.clock = clock;
        this.last = clock.getAsLong();
    }

    public Level level() {
        long now = clock.getAsLong();
        balance = Math.min(MAX_SAVED, balance + (now - last) * permille / MILLE);
        last = now;
        return balance <= 0 ? Level.EMPTY : 2 * balance < MAX_SAVED ? Level.LOW : Level.FULL;
    }

    /** Threads stood still for this long because of the agent. */
    public void pay(long nanos) {
        balance -= Math.min(MAX_PAID, nanos);
    }

    /** A stack was not taken, to save time. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    public void reduce() {
        reductions++;
    }

    /** How often a stack was not taken so far. */
    public int reductions() {
        return reductions;
    }
}
