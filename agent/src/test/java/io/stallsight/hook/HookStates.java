package io.stallsight.hook;

/** Brings the state of hooks to where a test begins, without woven code and without waiting. */
public final class HookStates {

    private HookStates() {}

    /** A loop none of whose ticks is slow. */
    public static StallsightLoop loop() {
        return new StallsightLoop(0, Long.MAX_VALUE);
    }

    /** A tick begins at {@code now}, {@link System#nanoTime()}. */
    public static void beginTick(StallsightLoop loop, long now) {
        loop.beginTimed(now);
    }

    /** The running tick ends at {@code now}. */
    public static void endTick(StallsightLoop loop, long now) {
        loop.end(now);
    }

    /** The running tick ends at {@code now} and was a slow one. */
    public static void endSlowTick(StallsightLoop loop, long now) {
        loop.reported(now);
        loop.end(now);
    }

    /** The poll after the tick that ended finds {@code ready} events, and does not wait. */
    public static void poll(StallsightLoop loop, int ready) {
        StallsightWaiters waiters = loop.tick().waiters();
        waiters.pollBegins(0);
        waiters.polled(ready);
        waiters.pollEnded(0);
    }

    /** Another trace becomes current on the thread. */
    public static void changeTrace(StallsightThread state) {
        state.traced().change();
    }

    /** Sets how many tasks the loop has begun in all. */
    public static void tasks(StallsightLoop loop, long tasks) {
        while (loop.tasks() < tasks) {
            loop.beginEvent();
        }
    }

    /** A blocking call is in progress since {@code start}. */
    public static void beginCall(StallsightThread state, int point, long start) {
        state.call().begin(point, null, null, false);
        state.call().start(start);
        state.call().over = false;
    }

    /** A thread that serves {@code request}, whose route is known. */
    public static StallsightRequest serve(Object request, Object route) {
        StallsightRequest served = new StallsightRequest();
        served.begin(request, 0);
        served.route(route);
        served.over = false;
        return served;
    }

    /** The thread of {@code state} begins to serve {@code request} at {@code now}, for an event of {@code channel}. */
    public static void serve(StallsightThread state, StallsightLoop loop, Object request, Object channel, long now) {
        loop.tick().waiters().event(channel);
        state.request().begin(request, now);
        state.request().over = false;
    }

    /** What the hook took a select of the current thread for: a constant of {@link StallsightSelectors}. */
    public static int kindOf(StallsightSpan select) {
        if (select == null) {
            return StallsightSelectors.IGNORED;
        }
        StallsightThread state = StallsightHook.current();
        if (select == state.idle()) {
            return StallsightSelectors.LOOP;
        }
        return state.call().isProven() ? StallsightSelectors.BLOCKING : StallsightSelectors.UNPROVEN;
    }

    public static void endCall(StallsightThread state) {
        state.call().end();
    }
}
