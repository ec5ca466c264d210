package io.stallsight.hook;

import java.util.Arrays;

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
 * come, or after a while: then it may miss the last ones. At most {@value #MAX_ROUTES} names; the others share one.
 *
 * <p>A loop may read what a connection has in several ticks. Its requests in the later ones count where arrivals are
 * measured ({@link StallsightArrivals}).
 *
 * <p><b>Given up.</b> Requests in later ticks where arrivals are not measured, or if the next tick is slow as well; and
 * what the loop serves more than 100 ms after it came back.
 */
public final class StallsightVictims {

    static final int MAX_ROUTES = 8;

    /** Of so many requests it is known that they were counted; a power of two. */
    private static final int MAX_SEEN = 64;

    /** Of a slow tick; of further requests, that one counts which its connection had first. */
    private static final int MAX_OPEN = 512;

    private static final int FIRST_OPEN = 16;

    private static final int HOLDER = -1;
    private static final Object OTHER = "(other)";

    /** The time that a request lost is not known. */
    public static final long UNKNOWN = -1;

    /** Numbers of requests by name, and what they lost. */
    private static final class Routes {
        final Object[] names = new Object[MAX_ROUTES + 1];
        final int[] counts = new int[MAX_ROUTES + 1];
        final int[] measured = new int[MAX_ROUTES + 1];
        final long[] lost = new long[MAX_ROUTES + 1];

        /** Identity hash codes of the last requests that were seen; most loops never see one. */
        private int[] seen = {};

        /** Of each the number of its name, {@link #HOLDER} for a request that held the tick; and what it lost. */
        private int[] seenName = {};

        private long[] seenLost = {};
        private int seenSize;

        /**
         * Requests whose lost time is known when all of their connection have been counted: their identity hash code,
         * the number of their name, the file descriptor and until when they waited. Most loops never have one.
         */
        private int[] open = {};

        private int[] openName = {};
        private int[] openSocket = {};
        private long[] openUntil = {};
        private int openSize;

        /** Numbers of requests by the exponent of the power of two that is no more than what they lost. */
        final int[] exponents = new int[Long.SIZE];

        private int size;

        /**
         * @param continued whether it was served before in the same tick: then it is one of those that were added, with
         *     a name that may be known better now, or it did not wait
         */
        boolean add(int request, boolean continued, Object name, long nanos) {
            int known = indexOf(request);
            if (known >= 0) {
                rename(known, name);
            } else if (!continued) {
                int number = numberOf(name);
                counts[number]++;
                addLost(number, nanos);
                see(request, number, nanos);
                return true;
            }
            return false;
        }

        private void addLost(int number, long nanos) {
            if (nanos != UNKNOWN) {
                measured[number]++;
                lost[number] += nanos;
                exponents[Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, nanos))]++;
            }
        }

        /** The lost time of the request that was added last follows. */
        void open(int request, int socket, long until) {
            if (openSize == open.length) {
                growOpen(Math.min(MAX_OPEN, Math.max(FIRST_OPEN, 2 * openSize)));
            }
            open[openSize] = request;
            openName[openSize] = seenName[indexOf(request)];
            openSocket[openSize] = socket;
            openUntil[openSize++] = until;
        }

        private void growOpen(int length) {
            open = Arrays.copyOf(open, length);
            openName = Arrays.copyOf(openName, length);
            openSocket = Arrays.copyOf(openSocket, length);
            openUntil = Arrays.copyOf(openUntil, length);
        }

        /** The number of open requests of a connection among the first {@code size}. */
        int openOf(int socket, int size) {
            int number = 0;
            for (int i = 0; i < size; i++) {
                number += openSocket[i] == socket ? 1 : 0;
            }
            return number;
        }

        void close(StallsightArrivals measured, long tickEnd) {
            for (int i = 0; i < openSize; i++) {
                int socket = openSocket[i];
                long arrival = measured.of(socket, openOf(socket, i), openOf(socket, openSize), tickEnd);
                addLost(
                        openName[i],
                        arrival == StallsightArrivals.UNKNOWN ? UNKNOWN : Math.max(0, openUntil[i] - arrival));
            }
            openSize = 0;
        }

        private void rename(int known, Object name) {
            if (seenName[known] != HOLDER && !names[seenName[known]].equals(name)) {
                move(known, -1);
                seenName[known] = numberOf(name);
                move(known, 1);
                for (int i = 0; i < openSize; i++) {
                    if (open[i] == seen[known]) {
                        openName[i] = seenName[known];
                    }
                }
            }
        }

        private void move(int known, int more) {
            int number = seenName[known];
            counts[number] += more;
            if (seenLost[known] != UNKNOWN) {
                measured[number] += more;
                lost[number] += more * seenLost[known];
            }
        }

        private int numberOf(Object name) {
            int i = 0;
            while (i < size && !names[i].equals(name)) {
                i++;
            }
            if (i >= MAX_ROUTES) {
                i = MAX_ROUTES;
                names[i] = OTHER;
            } else {
                names[i] = name;
            }
            size = Math.max(size, i + 1);
            return i;
        }

        void see(int request, int name, long nanos) {
            if (seen.length == 0) {
                seen = new int[MAX_SEEN];
                seenName = new int[MAX_SEEN];
                seenLost = new long[MAX_SEEN];
            }
            int at = seenSize++ & MAX_SEEN - 1;
            seen[at] = request;
            seenName[at] = name;
            seenLost[at] = nanos;
        }

        private int indexOf(int request) {
            for (int i = Math.min(seenSize, MAX_SEEN) - 1; i >= 0; i--) {
                if (seen[i] == request) {
                    return i;
                }
            }
            return -1;
        }

        void clear() {
            Arrays.fill(names, 0, size, null);
            Arrays.fill(counts, 0, size, 0);
            Arrays.fill(measured, 0, size, 0);
            Arrays.fill(lost, 0, size, 0L);
            Arrays.fill(exponents, 0);
            size = 0;
            seenSize = 0;
            openSize = 0;
        }
    }

    /** Of the running tick. */
    private Routes late = new Routes();

    /** Of the last slow tick. */
    private Routes waited = new Routes();

    /** Of the slow tick before. */
    private Routes before = new Routes();

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

    /** Whether {@link #arrival} may be known. By the loop's thread. */
    public boolean knowsArrivals() {
        return arrivalsBefore != null;
    }

    /**
     * When a connection got the first request that the loop reads now, after the last slow tick;
     * {@link StallsightArrivals#UNKNOWN} if that was not measured. By the loop's thread.
     */
    public long arrival(int descriptor) {
        return arrival(descriptor, 0);
    }

    /** The same of a later request, from what is known before all requests are. */
    private long arrival(int descriptor, int number) {
        StallsightArrivals measured = arrivalsBefore;
        return measured == null ? StallsightArrivals.UNKNOWN : measured.of(descriptor, number, number + 1, of);
    }

    /**
     * Whether a look found, before the last slow tick was over, what the connection got and that tick did not read. By
     * the loop's thread.
     *
     * @param events of that tick, see {@link StallsightWaiters#eventsWithChannel}
     */
    public boolean isFound(int descriptor, int events) {
        StallsightArrivals measured = arrivalsBefore;
        return measured != null && measured.isFound(descriptor, events);
    }

    /** The running tick was held by that request, which is no victim of it. By the loop's thread. */
    public void heldBy(Object request) {
        late.see(System.identityHashCode(request), HOLDER, UNKNOWN);
    }

    /**
     * A request was served late in the running tick. By the loop's thread.
     *
     * @param continued see {@link StallsightRequest#isContinued}
     * @param lost nanoseconds, or {@link #UNKNOWN}
     */
    public void late(Object request, boolean continued, Object name, long lost) {
        late.add(System.identityHashCode(request), continued, name, lost);
    }

    /**
     * A request was served that waited for the last slow tick. By the loop's thread.
     *
     * @param continued see {@link StallsightRequest#isContinued}
     * @param descriptor of the connection
     * @param left bytes that the connection has to read, or 0 if that is not known
     * @param until {@link System#nanoTime()} at which it waited no longer
     * @return nanoseconds that it lost, as far as that is known before all requests of the connection are counted;
     *     {@link #UNKNOWN} if it is not known, or if the request was counted before
     */
    public long waited(Object request, boolean continued, Object name, int descriptor, int left, long until) {
        int hash = System.identityHashCode(request);
        int number = waited.openOf(descriptor, waited.openSize);
        long arrival = arrival(descriptor, number);
        boolean isMeasured = arrival != StallsightArrivals.UNKNOWN;
        long lost = isMeasured ? Math.max(0, until - arrival) : UNKNOWN;
        boolean isOpen = isMeasured && waited.openSize < MAX_OPEN;
        boolean isNew = waited.add(hash, continued, name, isOpen ? UNKNOWN : lost);
        if (isNew && isOpen) {
            waited.open(hash, descriptor, until);
        }
        if (isNew && isMeasured) {
            arrivalsBefore.served(descriptor, left);
        }
        return isNew ? lost : UNKNOWN;
    }

    /**
     * The running tick ends.
     *
     * @param start {@link System#nanoTime()}, of a slow tick
     * @param end {@link System#nanoTime()} if the tick was slow, else 0
     */
    void tickEnds(long start, long end) {
        StallsightArrivals measured = arrivals;
        boolean goesOn = end == 0 && arrivalsBefore != null && arrivalsBefore.endsLaterTick();
        if (waited.openSize != 0 && !goesOn) {
            waited.close(arrivalsBefore, of);
        }
        if (end != 0) {
            Routes oldest = before;
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
        if (late.size != 0 || late.seenSize != 0) {
            late.clear();
        }
    }

    /** Whether no more come for the slow tick that ended at {@code end}. */
    public boolean isCounted(long end) {
        return counted || of != end;
    }

    private Routes of(long end) {
        return of == end ? waited : ofBefore == end ? before : null;
    }

    /** How many names there are for the slow tick that ended at {@code end}. */
    public int size(long end) {
        Routes routes = of(end);
        return routes == null ? 0 : routes.size;
    }

    /** The name with this number, which the engine gave; null if that tick is forgotten. */
    public Object name(long end, int number) {
        Routes routes = of(end);
        return routes == null ? null : routes.names[number];
    }

    /** The requests with the name of this number. */
    public int count(long end, int number) {
        Routes routes = of(end);
        return routes == null ? 0 : routes.counts[number];
    }

    /** How many requests with the name of this number have a known {@link #lost}. */
    public int measured(long end, int number) {
        Routes routes = of(end);
        return routes == null ? 0 : routes.measured[number];
    }

    /** What the {@link #measured} requests with the name of this number lost together, nanoseconds. */
    public long lost(long end, int number) {
        Routes routes = of(end);
        return routes == null ? 0 : routes.lost[number];
    }

    /** How many requests lost from 2^{@code exponent} nanoseconds on, and less than twice of that. */
    public int lostAbout(long end, int exponent) {
        Routes routes = of(end);
        return routes == null ? 0 : routes.exponents[exponent];
    }
}
