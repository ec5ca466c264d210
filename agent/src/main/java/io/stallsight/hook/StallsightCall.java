package io.stallsight.hook;

/**
 * The blocking call in progress on one thread, and the woven calls inside of it. The outermost woven call is the one
 * that is watched; of those inside, the longest gives the detail. The thread itself writes it; the agent's threads read
 * {@link #point}, {@link #self} and {@link #startedAt}. It is the span of the outermost call.
 */
public final class StallsightCall extends StallsightSpan {

    /** The woven call inside of this one. */
    private final StallsightSpan inside = new StallsightSpan();

    /** The woven point of the call, 0 if there is none. */
    private volatile int point;

    private Object self;
    private Object subject;

    /** {@link System#nanoTime()} at its beginning. */
    private long start;

    /** A blocking call really runs: a scope alone is none. */
    private boolean blocks;

    /** The longest woven call inside that has ended; 0 if none has. */
    private int inner;

    private Object innerSelf;
    private Object innerSubject;
    private long innerNanos;

    /** The woven call inside that is in progress, 0 if there is none. */
    private int running;

    private Object runningSelf;
    private Object runningSubject;
    private long runningSince;

    /**
     * The pool of connections that the thread called for one in the longest part of this call, or around it; or null.
     */
    private StallsightConnectionPool pool;

    private int poolInUse;

    /** A policy of the application has reported the call already. */
    private boolean reported;

    private Throwable refusal;

    /** A select is known to be a blocking call. */
    private boolean proven;

    StallsightCall() {}

    /** Whether the woven method runs. Other threads see a change a little late. */
    public boolean isInProgress() {
        return point != 0 && !over;
    }

    /** The woven call inside of this one. */
    StallsightSpan inside() {
        return inside;
    }

    /** The woven point; 0 if no call is in progress, is about to begin or is being reported. */
    public int point() {
        return point;
    }

    /** The receiver, or null. */
    public Object self() {
        return self;
    }

    /** The argument that says what the call is about, or null. */
    public Object subject() {
        return subject;
    }

    /** {@link System#nanoTime()} at which the call began. */
    public long startedAt() {
        return start;
    }

    /** The woven point that ran longest inside, 0 if none ran. */
    public int inner() {
        return inner;
    }

    /** The receiver of {@link #inner}. */
    public Object innerSelf() {
        return innerSelf;
    }

    /** The argument of {@link #inner} that says what it is about. */
    public Object innerSubject() {
        return innerSubject;
    }

    /**
     * The pool of connections for one of which the call waits, or its longest part if it has parts; null if it does
     * not.
     */
    public StallsightConnectionPool pool() {
        return pool;
    }

    /** How many connections of {@link #pool} were out when the thread called it. */
    public int poolInUse() {
        return poolInUse;
    }

    /** Whether a policy of the application has reported this call, so that the agent does not report it again. */
    public boolean isReported() {
        return reported;
    }

    /** A policy of the application has reported the call in progress, or the one that is about to begin. */
    public void markReported() {
        reported = true;
    }

    /** The policies are done with a method that turned out to be no watched call. */
    void forgetReport() {
        if (point == 0) {
            reported = false;
        }
    }

    /** @param isScope the call blocks only if a woven call inside does */
    void begin(int newPoint, Object newSelf, Object newSubject, boolean isScope) {
        if (point != 0) {
            end(); // the hook at the end of the call before overflowed
        }
        point = newPoint;
        self = newSelf;
        subject = newSubject;
        blocks = !isScope;
    }

    /** Everything before the call itself is done: its time begins. */
    void start(long now) {
        start = now;
    }

    /** The part of the call that is the longest so far belongs to {@code called}, or to no pool. */
    void isOf(StallsightPoolCall called) {
        pool = called.pool();
        poolInUse = called.inUse();
    }

    boolean blocks() {
        return blocks;
    }

    /**
     * Whether a woven call inside of the watched one counts: it makes a scope a blocking call, and gives the detail of
     * the report if none takes longer. Of woven calls that are nested in each other the outermost counts.
     */
    boolean countsInside(int newPoint, Object newSelf, Object newSubject) {
        byte flags = StallsightPoints.flags(newPoint);
        if ((flags & StallsightPoints.SCOPE) != 0) {
            return false;
        }
        if (running == 0 || inside.over) {
            return true;
        }
        if ((flags & StallsightPoints.DETAILED) != 0
                && (StallsightPoints.flags(running) & StallsightPoints.DETAILED) == 0) {
            setRunning(newPoint, newSelf, newSubject);
        }
        return false;
    }

    /** Whether strict mode has let a scope begin and refuses the first blocking call inside. */
    boolean isRefusedInside() {
        return !blocks && (StallsightPoints.flags(point) & StallsightPoints.REFUSE_INSIDE) != 0;
    }

    void beginInside(int newPoint, Object newSelf, Object newSubject) {
        blocks = true;
        setRunning(newPoint, newSelf, newSubject);
        runningSince = System.nanoTime();
    }

    private void setRunning(int newPoint, Object newSelf, Object newSubject) {
        running = newPoint;
        runningSelf = newSelf;
        runningSubject = newSubject;
    }

    void endInside(long now, StallsightPoolCall called) {
        inside.over = true;
        if (running != 0) {
            long nanos = now - runningSince;
            if (inner == 0 || nanos > innerNanos) {
                innerNanos = nanos;
                inner = running;
                innerSelf = runningSelf;
                innerSubject = runningSubject;
                isOf(called);
            }
            running = 0;
        }
    }

    /** Sets whether the select in progress is known to be a blocking call. */
    void setProven(boolean isProven) {
        proven = isProven;
    }

    boolean isProven() {
        return proven;
    }

    /** A select runs inside of the watched call. */
    void selectInside(int newPoint, Object selector) {
        blocks = true;
        inner = newPoint;
        innerSelf = selector;
    }

    /** The call does not happen: {@code error} is thrown instead. */
    void refuse(Throwable error) {
        end();
        refusal = error;
    }

    /** {@code error} is thrown instead of a method about which the policies were asked. */
    void setRefusal(Throwable error) {
        refusal = error;
    }

    Throwable takeRefusal() {
        Throwable taken = refusal;
        refusal = null;
        return taken;
    }

    void end() {
        over = true;
        inside.over = true;
        point = 0;
        inner = 0;
        running = 0;
        innerNanos = 0;
        runningSelf = null;
        runningSubject = null;
        blocks = false;
        self = null;
        subject = null;
        innerSelf = null;
        innerSubject = null;
        reported = false;
        pool = null;
    }
}
