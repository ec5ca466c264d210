package io.stallsight.hook;

/**
 * Entry points of woven code for loops and workers: a thread begins a loop, waits for work, goes from one piece of work
 * to the next. Between two waits is a tick of its {@link StallsightLoop}.
 */
public final class StallsightLoops {

    /** The wait does not say how many I/O events are ready. */
    static final int UNCOUNTED = -1;

    private static final IdleEnter IDLE_ENTER = new IdleEnter();
    private static final IdleExit IDLE_EXIT = new IdleExit();
    private static final LoopBegin LOOP_BEGIN = new LoopBegin();
    private static final Poll POLL = new Poll();
    private static final Round ROUND = new Round();
    private static final Event EVENT = new Event();
    private static final Task TASK = new Task();
    private static final LoopEnd LOOP_END = new LoopEnd();

    private StallsightLoops() {}

    /**
     * A thread begins to wait for work.
     *
     * @return what {@link #idleExit} takes; null if the wait is not watched, or inside of another one
     */
    public static StallsightSpan idleEnter(int point) {
        StallsightThread state = StallsightHook.current();
        return state != null && IDLE_ENTER.begin(state, point, null, null) != StallsightHook.NOTHING
                ? open(state.idle())
                : null;
    }

    /**
     * A round of work of a loop is over, and the thread idles before it begins the next one.
     *
     * <p>A loop that spins comes here many million times a second. So the end of a round that did nothing takes a short
     * way, without the guard of a hook: a handful of reads and writes of fields of this thread.
     *
     * @param work how much the round did; if it is 0 or less, the round was a look for work, and part of the wait
     * @return what {@link #roundIdleExit} takes; null if the thread is not watched, or inside of another wait
     */
    public static StallsightSpan roundIdleEnter(int point, int work) {
        StallsightThread state = StallsightHook.current();
        if (state == null) {
            return null;
        }
        if (work <= 0 && isEmptyRound(state)) {
            return open(state.idle());
        }
        return IDLE_ENTER.begin(state, point, null, null) != StallsightHook.NOTHING ? open(state.idle()) : null;
    }

    /** Ends the running round if it did nothing and nobody needs to know of its end; returns whether it did. */
    private static boolean isEmptyRound(StallsightThread state) {
        StallsightLoop loop = state.loop();
        if (loop == null || !state.isPlain() || !loop.endEmptyRound()) {
            return false;
        }
        state.request().tickEnds();
        state.attribution().backToOwn();
        return true;
    }

    /** The next round of work begins. */
    public static void roundIdleExit(StallsightSpan idle) {
        if (idle == null) {
            return;
        }
        StallsightThread state = StallsightHook.begun();
        if (state == null || state.idle() != idle || !beginsRound(state)) {
            IDLE_EXIT.end(idle, UNCOUNTED, null);
        }
    }

    /** Begins the next round, or leaves that to a hook. */
    private static boolean beginsRound(StallsightThread state) {
        StallsightLoop loop = state.loop();
        return loop != null && state.isPlain() && !StallsightWatch.isAsleep() && loop.beginFastTick();
    }

    private static StallsightSpan open(StallsightSpan span) {
        span.over = false;
        return span;
    }

    /** The thread goes back to work. */
    public static void idleExit(StallsightSpan idle) {
        if (idle != null) {
            IDLE_EXIT.end(idle, UNCOUNTED, null);
        }
    }

    /** As {@link #idleExit(StallsightSpan)}, of a wait that returns how many I/O events are ready. */
    public static void countIdleExit(StallsightSpan idle, int ready) {
        if (idle != null) {
            IDLE_EXIT.end(idle, Math.max(0, ready), null);
        }
    }

    /** A worker's wait for its next task is over, and {@code task} is what it got, or null. */
    public static void takeIdleExit(StallsightSpan idle, int point, Object executor, Object task) {
        idleExit(idle);
        StallsightTasks.take(point, executor, task);
    }

    /** The current thread begins to run an event loop, perhaps with tasks that wait for it already. */
    public static void loopBegin(int point) {
        StallsightThread state = StallsightHook.current();
        if (state != null) {
            LOOP_BEGIN.begin(state, point, null, null);
        }
    }

    /** The current thread leaves its loop, for work that may block. */
    public static void loopEnd(int point) {
        StallsightThread state = StallsightHook.current();
        if (state != null) {
            LOOP_END.begin(state, point, null, null);
        }
    }

    /**
     * A loop or worker goes from one piece of work to the next without having waited.
     *
     * @param executor the receiver
     * @param task its next one, or null if the point does not have it
     */
    public static void poll(int point, Object executor, Object task) {
        StallsightThread state = StallsightHook.current();
        if (state == null) {
            return;
        }
        POLL.begin(state, point, executor, task);
        if (task != null) {
            StallsightTasks.take(state, point, executor, task);
        }
    }

    /** A loop begins a round of work. If it has idled at a point since the last one, the round has begun already. */
    public static void round(int point) {
        StallsightThread state = StallsightHook.current();
        if (state == null) {
            return;
        }
        StallsightLoop loop = state.loop();
        if (loop == null || !loop.beginsRound() || state.isProving()) {
            ROUND.begin(state, point, null, null);
        }
    }

    /**
     * A loop begins to process one I/O event.
     *
     * @param channel stands for the connection that has it
     * @param message that was read, or null if the point does not have it
     */
    public static void event(int point, Object channel, Object message) {
        StallsightThread state = StallsightHook.current();
        if (state != null) {
            EVENT.begin(state, point, channel, message);
        }
    }

    /** A class that selects begins a task that it has taken itself. */
    public static void task() {
        StallsightThread state = StallsightHook.current();
        if (state != null && state.loop() != null) {
            TASK.begin(state, 0, null, null);
        }
    }

    /**
     * What looked like work was a wait for work of {@code nanos} that is just over: the running tick ended before it,
     * and another one begins. The engine calls it on the loop's thread.
     */
    public static void waited(StallsightThread state, long nanos) {
        StallsightLoop loop = state.loop();
        StallsightEngine engine = StallsightAgent.engine();
        if (loop != null && engine != null && loop.inTick()) {
            long now = System.nanoTime();
            endTick(engine, state, loop, loop.isTimed() ? now - nanos : 0L);
            loop.beginTimed(now);
        }
    }

    /**
     * The thread begins to wait: the outermost wait ends the tick. The entry point opens {@link StallsightThread#idle}
     * afterwards.
     *
     * @return whether the wait is the outermost
     */
    static boolean beginWait(StallsightEngine engine, StallsightThread state) {
        boolean outermost = !state.isIdle();
        StallsightLoop loop = state.loop();
        if (loop != null && outermost && loop.inTick()) {
            endTick(engine, state, loop, loop.endsAt());
        }
        if (outermost) {
            state.putRight();
            if (loop != null && loop.waitsFirst()) {
                engine.loopWaits(state);
            }
        }
        state.attribution().backToOwn(); // after the tick: until its end it belongs to the task
        return outermost;
    }

    /**
     * The outermost wait is over.
     *
     * @param ready number of I/O events, {@link #UNCOUNTED} if it is not known
     */
    static void endWait(StallsightEngine engine, StallsightThread state, int ready) {
        state.idle().over = true;
        StallsightLoop loop = state.loop();
        if (loop != null && ready == UNCOUNTED) {
            loop.tick().waiters().waitedUncounted();
        }
        if (loop == null || !works(engine, state)) {
            return;
        }
        if (ready == 0 && loop.seesTasks()) {
            loop.begin(0L); // its first task wakes the watching thread
        } else {
            beginTick(engine, loop, 0L);
        }
    }

    /** Whether a thread that must not block is a loop at the moment: only then its ticks count. */
    private static boolean works(StallsightEngine engine, StallsightThread state) {
        if (!state.isDynamic()) {
            return true;
        }
        int role = engine.roleNow(state);
        return role == StallsightRole.WORKS || role == StallsightRole.MAY_BLOCK;
    }

    /**
     * A blocking call begins on a thread that may block at the moment, by its role. The tick is over, unless the thread
     * is a loop all the same.
     *
     * @return whether the call is a wait for work, as of {@link #beginWait}
     */
    static boolean beginCallOf(StallsightEngine engine, StallsightThread state, int role) {
        if (role == StallsightRole.WAITS) {
            return beginWait(engine, state);
        }
        if (role == StallsightRole.LENT) {
            leave(engine, state);
        }
        return false;
    }

    /** The thread is no loop from here on: its tick ends. */
    private static void leave(StallsightEngine engine, StallsightThread state) {
        StallsightLoop loop = state.loop();
        if (loop != null && loop.inTick()) {
            endTick(engine, state, loop, loop.endsAt());
        }
    }

    /** The poll with which the running tick began found so many I/O events ready. */
    static void polled(StallsightEngine engine, StallsightThread state, int ready) {
        StallsightLoop loop = state.loop();
        if (loop == null) {
            return;
        }
        loop.runs();
        StallsightWaiters waiters = loop.tick().waiters();
        waiters.polled(ready);
        if (waiters.awaitsPoll()) {
            waiters.pollEnded(engine.runs(loop));
        }
    }

    /**
     * The loop ends a tick and begins the next, at the price of one clock read. A thread that was no loop before begins
     * one if it is a loop at this moment.
     */
    static void nextTick(StallsightEngine engine, StallsightThread state, StallsightLoop loop) {
        boolean goesOn = loop.inTick();
        long now = goesOn ? loop.endsAt() : 0L;
        if (goesOn) {
            endTick(engine, state, loop, now);
        }
        if (state.isDynamic() ? works(engine, state) : goesOn) {
            beginTick(engine, loop, now);
        }
    }

    private static void beginTick(StallsightEngine engine, StallsightLoop loop, long now) {
        loop.begin(now);
        StallsightWatch.wake(engine);
    }

    private static void endTick(StallsightEngine engine, StallsightThread state, StallsightLoop loop, long end) {
        if (loop.isSlow(end)) {
            report(engine, state, loop, end);
        }
        loop.end(end);
        state.request().tickEnds();
        if (loop.tick().waiters().awaitsPoll()) {
            loop.tick().waiters().pollBegins(engine.runs(loop));
        }
    }

    /** An error of the engine must not leave the tick open, so it ends here. */
    private static void report(StallsightEngine engine, StallsightThread state, StallsightLoop loop, long end) {
        try {
            engine.slowTick(state, loop, loop.start(), end);
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
        loop.reported(end);
    }

    private static final class IdleEnter extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object unused, Object unusedToo) {
            state.run().end();
            if (state.mayBlock() && !makesLoop(state, point)) {
                state.attribution().backToOwn();
                return NOTHING;
            }
            if (state.mayBlock()) {
                engine.loopSeen(state, point);
            }
            if (state.hasPending()) {
                engine.publishPending(state);
            }
            return beginWait(engine, state) ? 1L : NOTHING;
        }

        /** Whether the point shows that a thread which may block so far runs an event loop. */
        private static boolean makesLoop(StallsightThread state, int point) {
            return !state.isExcluded() && (StallsightPoints.flags(point) & StallsightPoints.LOOP) != 0;
        }
    }

    private static final class IdleExit extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int ready, Object unused, Object idle) {
            if (idle != state.idle()) {
                return NOTHING; // another engine saw the beginning
            }
            endWait(engine, state, ready);
            if (ready != UNCOUNTED) {
                polled(engine, state, ready);
            }
            return NOTHING;
        }
    }

    private static final class LoopBegin extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object unused, Object unusedToo) {
            if (state.isExcluded()) {
                return NOTHING;
            }
            engine.loopSeen(state, point);
            StallsightLoop loop = state.loop();
            if (loop == null) {
                return NOTHING;
            }
            loop.runs();
            if (!state.isIdle() && !loop.inTick()) {
                beginTick(engine, loop, 0L);
            }
            return NOTHING;
        }
    }

    private static final class LoopEnd extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object unused, Object unusedToo) {
            if (!state.isIdle()) {
                leave(engine, state);
            }
            return NOTHING;
        }
    }

    private static final class Poll extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object piece, Object task) {
            StallsightLoop loop = state.loop();
            // a point with a task takes it next, which counts it
            if (loop != null && !state.isIdle() && (task != null || loop.beginPiece(piece))) {
                nextTick(engine, state, loop);
            }
            if (!state.call().isInProgress()) { // a call may run further tasks while it waits
                state.putRight();
            }
            state.attribution().backToOwn();
            return NOTHING;
        }
    }

    private static final class Round extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object unused, Object unusedToo) {
            StallsightLoop loop = state.loop();
            if (loop != null && !state.isIdle()) {
                loop.tick().waiters().waitedUncounted();
                nextTick(engine, state, loop);
                loop.beginsRound();
                state.putRight();
                state.attribution().backToOwn();
            }
            return NOTHING;
        }
    }

    private static final class Event extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object channel, Object message) {
            StallsightLoop loop = state.loop();
            if (loop != null) {
                loop.beginEvent();
                loop.tick().waiters().event(channel);
                if (message != null && loop.tick().victims().knowsArrivals()) {
                    engine.messageRead(loop, channel, message);
                }
            }
            return NOTHING;
        }
    }

    private static final class Task extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object unused, Object unusedToo) {
            StallsightLoop loop = state.loop();
            if (loop != null) {
                loop.beginOwnTask();
                StallsightWatch.wake(engine);
            }
            return NOTHING;
        }
    }
}
