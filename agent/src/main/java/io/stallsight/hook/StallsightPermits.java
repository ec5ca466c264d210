package io.stallsight.hook;

import java.util.concurrent.Semaphore;

/**
 * Entry points of woven code for semaphores: made, acquired and released. Any thread comes here, a virtual one without
 * a state as well.
 *
 * <p><b>Problem.</b> A {@link Semaphore} that guards work is a pool of permits: it runs dry like a pool of connections,
 * and nothing says who holds the permits. But most acquires do not wait, and take 20 ns.
 *
 * <p><b>Algorithm.</b> A semaphore is followed if code of the application makes it, or if the catalog names the class
 * that has it. All others are not found in {@link StallsightQueues}, which is all that their acquires cost. An acquire
 * for which there are permits notes its thread in the {@link StallsightLimit}; one that has to wait is a
 * {@link StallsightLease} until it has its permits.
 *
 * <p><b>Given up.</b> A subclass of {@link Semaphore} is not followed, since it may override what the hooks call. A
 * semaphore that was made before the agent came is unknown. An acquire that finds enough permits, and waits since
 * another thread is faster or comes first, is not seen to wait. One that wants all permits waits for the others by
 * design: it is not counted as waiting.
 */
public final class StallsightPermits {

    private static final Made MADE = new Made();
    private static final Own OWN = new Own();
    private static final WaitExit WAIT_EXIT = new WaitExit();
    private static final Proof PROOF = new Proof();
    private static final Line LINE = new Line();

    private StallsightPermits() {}

    /** {@code semaphore} was made. */
    public static void make(int point, Object semaphore) {
        MADE.begin(StallsightHook.current(), point, semaphore, null);
    }

    /** {@code owner} is a limit of work that keeps its permits in {@code semaphore}. */
    public static void own(int point, Object owner, Object semaphore) {
        if (StallsightPoints.isProving() || semaphore != null && StallsightQueues.find(semaphore) == null) {
            OWN.begin(StallsightHook.current(), point, owner, semaphore);
        }
    }

    /**
     * The current thread acquires {@code count} permits.
     *
     * @return what {@link #acquireExit} takes; null if the semaphore is not followed
     */
    public static Object acquireEnter(int point, Object semaphore, int count) {
        prove(point);
        try {
            StallsightQueue queue = StallsightQueues.find(semaphore);
            StallsightLimit limit = queue == null ? null : queue.limit();
            if (limit == null || count <= 0) {
                return null;
            }
            boolean wantsAll = count > 1 && count >= limit.permits();
            if (((Semaphore) semaphore).availablePermits() >= count || wantsAll) {
                return queue;
            }
            Wait wait = new Wait();
            wait.begin(StallsightHook.current(), point, queue, null);
            return wait.waiter == null ? queue : wait.waiter;
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return null;
        }
    }

    /** The acquire is over; {@code acquired} says whether the thread has the permits. */
    public static void acquireExit(Object begun, int count, boolean acquired) {
        if (begun == null) {
            return;
        }
        try {
            StallsightThread state = StallsightHook.current();
            if (begun instanceof StallsightQueue) {
                StallsightQueue queue = (StallsightQueue) begun;
                if (acquired) {
                    queue.acquiredAtOnce();
                    hold(state, queue, count);
                } else {
                    queue.refuseAtOnce();
                }
                return;
            }
            WAIT_EXIT.begin(state, 0, begun, acquired ? begun : null);
            if (acquired) {
                hold(state, ((Waiter) begun).queue, count);
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    private static void hold(StallsightThread state, StallsightQueue queue, int count) {
        StallsightHold hold = queue.limit().claim();
        if (hold == null) {
            return;
        }
        long context = StallsightContexts.isFollowed() ? StallsightContexts.current(state) : 0;
        long now = state == null
                ? hold.fill(null, StallsightVirtualRequests.of(Thread.currentThread()), context, count)
                : hold.fill(state.tasks(), state.request(), context, count);
        if (now != 0 && queue.connections().takesLine(now)) {
            LINE.begin(state, 0, hold, null);
        }
    }

    /** The current thread is about to release {@code count} permits. */
    public static void release(int point, Object semaphore, int count) {
        prove(point);
        try {
            StallsightQueue queue = StallsightQueues.find(semaphore);
            if (queue != null && queue.limit() != null && count > 0) {
                queue.release(count);
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    private static void prove(int point) {
        if (StallsightPoints.isProving()) {
            PROOF.begin(StallsightHook.current(), point, null, null);
        }
    }

    /** A lease of a thread that waits, and the queue of its semaphore. */
    private static final class Waiter {
        private final StallsightQueue queue;
        private final StallsightLease lease;

        Waiter(StallsightQueue queue, StallsightThread state) {
            this.queue = queue;
            Thread thread = Thread.currentThread();
            long context = StallsightContexts.isFollowed() ? StallsightContexts.current(state) : 0;
            this.lease = state == null
                    ? queue.call(thread, null, StallsightVirtualRequests.of(thread), context)
                    : queue.call(thread, state.tasks(), state.request(), context);
        }
    }

    /** One for each wait, as its result is an object. */
    private static final class Wait extends StallsightHook {
        private Waiter waiter;

        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object semaphore, Object unused) {
            StallsightQueue queue = (StallsightQueue) semaphore;
            if (state == null) {
                StallsightVirtualRequests.poolIsDry();
            } else if (!state.mayBlock()) {
                state.poolCall().begin(queue.connections());
            }
            waiter = new Waiter(queue, state);
            queue.limit().look(waiter.lease.called());
            StallsightSampling.wake(engine, queue);
            return NOTHING;
        }
    }

    private static final class WaitExit extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int unused, Object begun, Object acquired) {
            Waiter waiter = (Waiter) begun;
            if (state != null) {
                state.poolCall().end();
            }
            if (acquired == null) {
                waiter.queue.refuse(waiter.lease);
            } else {
                waiter.queue.acquired(waiter.lease);
            }
            return NOTHING;
        }
    }

    private static final class Made extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object semaphore, Object unused) {
            if (semaphore.getClass() != Semaphore.class) {
                return NOTHING;
            }
            int permits = ((Semaphore) semaphore).availablePermits();
            if (permits > 0 && permits <= StallsightLimit.MAX_PERMITS && StallsightQueues.hasRoom()) {
                String name = engine.nameOfLimit(semaphore);
                if (name != null) {
                    StallsightQueues.add(semaphore, new StallsightLimit(permits, 0, name, null));
                }
            }
            return NOTHING;
        }
    }

    private static final class Own extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object owner, Object semaphore) {
            if (semaphore != null && semaphore.getClass() == Semaphore.class && StallsightQueues.hasRoom()) {
                int max = engine.permitsOf(owner);
                int out = max - ((Semaphore) semaphore).availablePermits();
                if (max > 0 && max <= StallsightLimit.MAX_PERMITS) {
                    StallsightQueues.add(semaphore, new StallsightLimit(max, Math.max(0, out), null, owner));
                }
            }
            return NOTHING;
        }
    }

    /** Takes the line of an acquire. */
    private static final class Line extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int unused, Object hold, Object unusedToo) {
            ((StallsightHold) hold).setSite(engine.borrowingLine());
            return NOTHING;
        }
    }

    /** Does nothing: the self-test knows that it ran. */
    private static final class Proof extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object unused, Object unusedToo) {
            return NOTHING;
        }
    }
}
