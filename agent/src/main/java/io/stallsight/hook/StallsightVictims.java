package io.stallsight.hook;

/**
 * The requests that stood still behind a slow tick, by their names.
 *
 * <p><b>Problem.</b> Which requests a long tick keeps waiting is known only later: they lie unread in sockets until the
 * loop comes back.
 *
 * <p><b>Algorithm.</b> Two kinds are certain. A request whose event came with the poll before the tick, and that is
 * served when it was slow already, waited for what was processed before it. A request that the tick after it serves
 * waited if its channel was ready when the loop came back ({@link StallsightWaiters#isServingWaiter}). The name of each
 * is read when it has been served. The names of the last two slow ticks are kept: one may follow the other before the
 * watching thread has read.
 *
 * <p>A server calls the application several times for some requests: for the head, and for the body. Each counts once,
 * by the name that it had last.
 *
 * <p>The time that a request lost ends when the loop begins to serve it. For the first kind it begins with the tick,
 * for the second when the request came, which only the kernel knows: see {@link StallsightArrivals}.
 *
 * <p><b>Invariants.</b> The loop's thread writes. The watching thread reads when {@link #isCounted} says that no more
 * come, or after a while: then it may miss the last ones. At most {@value StallsightVictimCounts#MAX_ROUTES} names; the
 * others share one.
 *
 * <p>A loop may read what a connection has in several ticks. Its requests in the later ones count where arrivals are
 * measured ({@link StallsightArrivals}).
 *
 * <p><b>Given up.</b> Requests in later ticks where arrivals are not measured, or if the next tick is slow as well; and
 * what the loop serves more than 100 ms after it came back.
 */
public final class StallsightVictims {

    /** The time that a request lost is not known. */
    public static final long UNKNOWN = -1;

    /** Of the running tick. */
    private StallsightVictimCounts late = new StallsightVictimCounts();

    /** Of the last slow tick. */
    private StallsightVictimCounts waited = new StallsightVictimCounts();

    /** Of the slow tick before. */
    private StallsightVictimCounts before = new StallsightVictimCounts();

    /** {@link System#nanoTime()} at the end of the last slow tick; 0 if there was none. */
    private volatile long of;

    private long ofBefore;

    private volatile boolean counted;

    /** Of the running tick; null if it is not looked at. The watching thread sets it. */
    private volatile StallsightArrivals arrivals;

    /** Of the last slow tick; null if it was not looked at. */
    private StallsightArrivals arrivalsBefore;

    StallsightVictims() {}

    /** The arrivals of a tick are measured. By the watching thread. */
    public void measure(StallsightArrivals ofTick) {
        arrivals = ofTick;
    }

    /** Those of the running tick; null if they are not measured. */
    public StallsightArrivals arrivals() {
        return arrivals;
    }

    /** Whether {@link #arrival} may be known. By the loop's thread. */
    boolean knowsArrivals() {
        return arrivalsBefore != null || arrivals != null;
    }

    /** The loop has read so many bytes of a connection, while {@link #arrival} may be known. By the loop's thread. */
    public void read(int descriptor, int bytes) {
        StallsightArrivals running = arrivals;
        if (arrivalsBefore != null) {
            arrivalsBefore.read(descriptor, bytes);
        }
        if (running != null) {
            running.read(descriptor, bytes);
        }
    }

    /**
     * When the request came with which the loop begins now. By the loop's thread.
     *
     * @param descriptor of its connection
     * @param left bytes that the loop has read of it and not decoded
     * @param start {@link System#nanoTime()} at the beginning of the running tick
     * @param now {@link System#nanoTime()}
     * @param waits whether it waited for the last slow tick, if the kernel was not asked
     * @return {@link System#nanoTime()}; {@link StallsightArrivals#UNKNOWN} if that was not measured
     */
    public long arrival(int descriptor, int left, long start, long now, boolean waits) {
        StallsightArrivals running = arrivals;
        long came =
                arrivalsBefore == null ? StallsightArrivals.LATER : arrivalsBefore.after(descriptor, left, of, waits);
        if (came != StallsightArrivals.LATER) {
            return came;
        }
        if (running != null && running.tickStart() == start) {
            return running.within(descriptor, left, now);
        }
        return arrivalsBefore == null ? StallsightArrivals.UNKNOWN : now;
    }

    /** {@link System#nanoTime()} at the end of the last slow tick; 0 if there was none. */
    public long lastEnd() {
        return of;
    }

    /** The running tick was held by that request, which is no victim of it. By the loop's thread. */
    public void heldBy(Object request) {
        late.addHolder(System.identityHashCode(request));
    }

    /**
     * A request was served late in the running tick. By the loop's thread.
     *
     * @param continued see {@link StallsightRequest#isContinued}
     * @param routed whether the name is that of its route
     * @param lost nanoseconds, or {@link #UNKNOWN}
     */
    public void late(Object request, boolean continued, Object name, boolean routed, long lost) {
        count(late, request, continued, name, routed, lost);
    }

    /**
     * A request was served that waited for the last slow tick. By the loop's thread.
     *
     * @param continued see {@link StallsightRequest#isContinued}
     * @param routed whether the name is that of its route
     * @param lost nanoseconds, or {@link #UNKNOWN}
     */
    public void waited(Object request, boolean continued, Object name, boolean routed, long lost) {
        count(waited, request, continued, name, routed, lost);
    }

    private static void count(
            StallsightVictimCounts of, Object request, boolean continued, Object name, boolean routed, long lost) {
        StallsightVictimCounts.Victim victim = of.add(System.identityHashCode(request), continued, name, routed);
        if (victim != null) {
            of.addLost(victim, lost);
        }
    }

    /**
     * The running tick ends.
     *
     * @param start {@link System#nanoTime()}, of a slow tick
     * @param end {@link System#nanoTime()} if the tick was slow, else 0
     */
    void tickEnds(long start, long end) {
        StallsightArrivals measured = arrivals;
        boolean goesOn = end == 0 && arrivalsBefore != null && arrivalsBefore.laterTickEnds();
        if (end != 0) {
            StallsightVictimCounts oldest = before;
            before = waited;
            waited = late;
            late = oldest;
            ofBefore = of;
            counted = false;
            of = end;
            arrivalsBefore = measured != null && measured.tickStart() == start ? measured : null;
        } else if (!counted && !goesOn) {
            counted = true;
            arrivalsBefore = null;
        }
        if (measured != null) {
            arrivals = null;
        }
        late.clear();
    }

    /** Whether no more come for the slow tick that ended at {@code end}. */
    public boolean isCounted(long end) {
        return counted || of != end;
    }

    private StallsightVictimCounts of(long end) {
        return of == end ? waited : ofBefore == end ? before : null;
    }

    /** How many names there are for the slow tick that ended at {@code end}. */
    public int size(long end) {
        StallsightVictimCounts routes = of(end);
        return routes == null ? 0 : routes.size();
    }

    /** The name with this number, which the engine gave; null if that tick is forgotten. */
    public Object name(long end, int number) {
        StallsightVictimCounts routes = of(end);
        return routes == null ? null : routes.name(number);
    }

    /** The requests with the name of this number. */
    public int count(long end, int number) {
        StallsightVictimCounts routes = of(end);
        return routes == null ? 0 : routes.count(number);
    }

    /** How many requests with the name of this number have a known {@link #lost}. */
    public int measured(long end, int number) {
        StallsightVictimCounts routes = of(end);
        return routes == null ? 0 : routes.measured(number);
    }

    /** What the {@link #measured} requests with the name of this number lost together, nanoseconds. */
    public long lost(long end, int number) {
        StallsightVictimCounts routes = of(end);
        return routes == null ? 0 : routes.lost(number);
    }

    /** How many requests lost from 2^{@code exponent} nanoseconds on, and less than twice of that. */
    public int lostAbout(long end, int exponent) {
        StallsightVictimCounts routes = of(end);
        return routes == null ? 0 : routes.lostAbout(exponent);
    }
}
