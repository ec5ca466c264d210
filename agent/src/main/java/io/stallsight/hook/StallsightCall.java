package io.stallsight.hook;

/**
 * The blocking call in progress on one thread, and what ran inside of it. The outermost woven call is the one that is
 * watched; of those inside the longest gives the detail. Written by the thread itself only.
 */
public final class StallsightCall {

    static final long REFUSED = -1L;

    /** Token of a woven call inside of the one that is watched. */
    static final long INNER = -2L;

    private final StallsightThread owner;

    /** The woven point of the call, 0 if there is none. */
    public volatile int point;

    public Object self;
    public Object subject;

    /** The woven point inside that took longest, 0 if none ran. */
    public int inner;

    public Object innerSelf;
    public Object innerSubject;

    /** {@link System#nanoTime()}. */
    public long start;

    /** A policy was asked about the call and has told of it: it is not to be told again. */
    public boolean told;

    /** A blocking call really runs: a scope alone is none. */
    private boolean evidence;

    /** The woven call inside that is on its way, 0 if there is none. */
    private int running;

    private Object runningSelf;
    private Object runningSubject;
    private long runningSince;
    private long innerLongest;
    private Throwable refusal;

    StallsightCall(StallsightThread owner) {
        this.owner = owner;
    }

    long enter(int newPoint, Object newSelf, Object newSubject) {
        if (owner.guard > 0) {
            return StallsightHook.NOT_WATCHED;
        }
        if (owner.proving) {
            StallsightPoints.prove(newPoint);
        }
        if (owner.idle > 0 || owner.quiet > 0) {
            return StallsightHook.NOT_WATCHED;
        }
        byte flags = StallsightPoints.flags(newPoint);
        if ((flags & StallsightPoints.IF_BLOCKING_MODE) != 0
                && newSelf instanceof java.nio.channels.SelectableChannel
                && !((java.nio.channels.SelectableChannel) newSelf).isBlocking()) {
            return StallsightHook.NOT_WATCHED;
        }
        StallsightEngine handler = StallsightAgent.engine();
        if (handler == null || point != 0 && !beginsInside(flags, newPoint, newSelf, newSubject)) {
            return StallsightHook.NOT_WATCHED;
        }
        owner.guard++;
        try {
            if (point != 0) {
                // the engine is asked from here in either case: see exit
                refusal = evidence || (StallsightPoints.flags(point) & StallsightPoints.REFUSE_INSIDE) == 0
                        ? null
                        : handler.refuse(owner);
                if (refusal != null) {
                    clear();
                    return REFUSED;
                }
                evidence = true;
                setRunning(newPoint, newSelf, newSubject);
                runningSince = System.nanoTime();
                return INNER;
            }
            if (owner.dynamic && !handler.nonBlockingNow(owner)) {
                return StallsightHook.NOT_WATCHED;
            }
            if (owner.pending.get() != null) {
                handler.publishPending(owner);
            }
            point = newPoint;
            self = newSelf;
            subject = newSubject;
            evidence = (flags & StallsightPoints.SCOPE) == 0;
            refusal = (flags & StallsightPoints.REFUSE_INSIDE) == 0 ? handler.refuse(owner) : null;
            if (refusal != null) {
                clear();
                return REFUSED;
            }
        } catch (Throwable t) {
            clear();
            throw t;
        } finally {
            owner.guard--;
        }
        long now = System.nanoTime();
        start = now;
        return now == StallsightHook.NOT_WATCHED || now == REFUSED || now == INNER ? 1L : now;
    }

    /**
     * Whether a woven call inside of the watched one counts: it is evidence for a scope, and the detail of the report
     * if none takes longer. Of those nested in each other the outermost does.
     */
    private boolean beginsInside(byte flags, int newPoint, Object newSelf, Object newSubject) {
        if ((flags & StallsightPoints.SCOPE) != 0) {
            return false;
        }
        if (running == 0) {
            return true;
        }
        if ((flags & StallsightPoints.DETAILED) != 0
                && (StallsightPoints.flags(running) & StallsightPoints.DETAILED) == 0) {
            setRunning(newPoint, newSelf, newSubject);
        }
        return false;
    }

    private void setRunning(int newPoint, Object newSelf, Object newSubject) {
        running = newPoint;
        runningSelf = newSelf;
        runningSubject = newSubject;
    }

    private void endInner(long now) {
        if (running != 0) {
            long nanos = now - runningSince;
            if (inner == 0 || nanos > innerLongest) {
                innerLongest = nanos;
                inner = running;
                innerSelf = runningSelf;
                innerSubject = runningSubject;
            }
            running = 0;
        }
    }

    /**
     * Ends the call in progress. Static and called from exactly one frame above the woven method or its stand-in,
     * because the JFR output leaves a fixed number of frames out of its stack traces.
     */
    static void exit(long token) {
        if (token == StallsightHook.NOT_WATCHED) {
            return;
        }
        long now = System.nanoTime();
        try {
            StallsightThread state = StallsightThread.ofEntry();
            if (state == null || state.call.point == 0) {
                return;
            }
            StallsightCall call = state.call;
            if (token == INNER) {
                call.endInner(now);
                return;
            }
            StallsightEngine handler = StallsightAgent.engine();
            state.guard++;
            try {
                if (call.evidence && handler != null) {
                    handler.exited(state, now - call.start);
                }
            } finally {
                state.guard--;
                call.clear();
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /** A select begins that is no loop's. */
    void beginSelect(int newPoint, Object selector) {
        point = newPoint;
        self = selector;
        evidence = true;
    }

    /** {@code error} is thrown instead of the call. */
    void refused(Throwable error) {
        clear();
        refusal = error;
    }

    /** A select inside of the watched call. */
    void selectInside(int newPoint, Object selector) {
        evidence = true;
        inner = newPoint;
        innerSelf = selector;
    }

    /** Asks the policies; returns whether the call is refused. */
    boolean ask(int asked) {
        if (owner.guard > 0 || owner.idle > 0 || owner.quiet > 0) {
            return false;
        }
        StallsightEngine handler = StallsightAgent.engine();
        if (handler == null) {
            return false;
        }
        owner.guard++;
        try {
            refusal = handler.ask(owner, asked);
        } finally {
            owner.guard--;
        }
        return refusal != null;
    }

    Throwable takeRefusal() {
        Throwable taken = refusal;
        refusal = null;
        return taken;
    }

    void clear() {
        point = 0;
        inner = 0;
        running = 0;
        innerLongest = 0;
        runningSelf = null;
        runningSubject = null;
        evidence = false;
        self = null;
        subject = null;
        innerSelf = null;
        innerSubject = null;
        told = false;
    }
}
