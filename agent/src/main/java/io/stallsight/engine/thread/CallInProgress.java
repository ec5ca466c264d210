package io.stallsight.engine.thread;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The call of a method of the application that a thread of the agent is in.
 *
 * <p>The thread begins and ends its calls; another thread may give one up. The number of the call decides which comes
 * first: it is odd while a call is in progress, and both change it by a compare-and-set. Whatever the lost thread has
 * written before its call is seen by the thread that gives the call up.
 */
final class CallInProgress {

    private static final long GIVEN_UP = Long.MIN_VALUE;

    /** The call was given up, and another thread goes on: this one has to end without touching anything. */
    @SuppressWarnings("serial")
    static final class GivenUp extends Error {
        GivenUp() {
            super("a call of the application that was given up has returned", null, false, false);
        }
    }

    private final AtomicLong number = new AtomicLong();
    private @Nullable Callee callee;
    private @Nullable Object about;

    /** Throws {@link GivenUp} if another thread has taken over before. */
    void begin(Callee called, Object object) {
        if (isGivenUp()) {
            throw new GivenUp();
        }
        callee = called;
        about = object;
        number.incrementAndGet();
    }

    /** Throws {@link GivenUp} if another thread has taken over meanwhile. */
    void end() {
        long now = number.get();
        if (now == GIVEN_UP || !number.compareAndSet(now, now + 1)) {
            throw new GivenUp();
        }
        callee = null;
        about = null;
    }

    boolean isInProgress() {
        return isCall(number.get());
    }

    boolean isGivenUp() {
        return number.get() == GIVEN_UP;
    }

    /** The number of the call in progress, or of none: see {@link #isCall}. */
    long number() {
        return number.get();
    }

    static boolean isCall(long number) {
        return (number & 1) != 0;
    }

    /** Gives up the call of that number. Returns what was called; null if the call has ended. */
    @Nullable
    Callee giveUp(long ofNumber) {
        Callee called = callee;
        Object object = about;
        if (called == null || object == null || !number.compareAndSet(ofNumber, GIVEN_UP)) {
            return null;
        }
        called.giveUp(object);
        return called;
    }
}
