package io.stallsight.engine.thread;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long the agent may keep threads of the application from running in order to take their stacks.
 *
 * <p><b>Problem.</b> A stack of another thread is taken at a safepoint, which stops the whole JVM, or in a handshake,
 * which stops that thread (JDK 19 and later). Both cost 0.05 to 0.3 ms, more on a busy machine. Eight threads that
 * contend for a monitor would be reason for 700 safepoints a second.
 *
 * <p><b>Algorithm.</b> An account fills with a part of the time that passes, until it has what comes in
 * {@value #FULL_SECONDS} s, and each stop is paid from it with the time that it took. {@link #level} says how full the
 * account is: the fuller, the less important a stack may be. The last stop may overdraw the account. All rooms share
 * one account, and each has a {@link #part} of it: what it pays comes from both, and the emptier one counts. So no room
 * takes all from the others, and together they stay below the whole. An account is kept as the moment at which it would
 * have been empty, so one variable is all that changes.
 *
 * <p><b>Given up.</b> On a busy machine the agent's own wait for a CPU is paid as well, but no more than
 * {@value #MAX_PAID_MILLIS} ms for one stop: else a single wait would end all sampling for minutes. Any thread may use
 * it.
 */
public final class StopBudget {

    private static final int FULL_SECONDS = 5;
    private static final int MAX_PAID_MILLIS = 10;
    private static final int MILLE = 1_000;
    private static final long FULL = TimeUnit.SECONDS.toNanos(FULL_SECONDS);
    private static final long MAX_PAID = TimeUnit.MILLISECONDS.toNanos(MAX_PAID_MILLIS);

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
    private final @Nullable StopBudget whole;

    /** When the account would have been empty, by the clock. */
    private final AtomicLong emptyAt;

    private volatile int reductions;

    /** @param permille the part of the time in which others may be kept from running */
    public StopBudget(int permille) {
        this(permille, System::nanoTime, null);
    }

    /** @param clock as {@link System#nanoTime()} */
    StopBudget(int permille, LongSupplier clock, @Nullable StopBudget whole) {
        this.permille = permille;
        this.clock = clock;
        this.whole = whole;
        this.emptyAt = new AtomicLong(clock.getAsLong() - FULL);
    }

    /** An account of its own for one room, which pays from this one as well. */
    public StopBudget part(int ofPermille) {
        return new StopBudget(ofPermille, clock, this);
    }

    public Level level() {
        long filled = clock.getAsLong() - emptyAt.get();
        Level own = filled <= 0 ? Level.EMPTY : 2 * filled < FULL ? Level.LOW : Level.FULL;
        Level ofAll = whole == null ? own : whole.level();
        return own.compareTo(ofAll) < 0 ? ofAll : own;
    }

    /** Threads stood still for this long because of the agent. */
    public void pay(long nanos) {
        long time = Math.min(MAX_PAID, nanos) * MILLE / permille;
        long oldest = clock.getAsLong() - FULL;
        long last;
        do {
            last = emptyAt.get();
        } while (!emptyAt.compareAndSet(last, (last - oldest < 0 ? oldest : last) + time));
        if (whole != null) {
            whole.pay(nanos);
        }
    }

    /** A stack was not taken, to save time. By one thread. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    public void reduce() {
        reductions++;
    }

    /** How often a stack was not taken so far. */
    public int reductions() {
        return reductions;
    }
}
