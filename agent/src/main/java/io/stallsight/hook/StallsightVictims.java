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
 * <p><b>Invariants.</b> The loop's thread writes. The watching thread reads when {@link #isCounted} says that no more
 * come, or after a while: then it may miss the last ones. At most {@value #MAX_ROUTES} names; the others share one.
 *
 * <p><b>Given up.</b> Requests that the loop serves in still later ticks, as it does with what HTTP/2 holds back; and
 * what it serves more than 100 ms after it came back.
 */
public final class StallsightVictims {

    static final int MAX_ROUTES = 8;
    private static final Object OTHER = "(other)";

    /** Numbers of requests by name. */
    private static final class Routes {
        final Object[] names = new Object[MAX_ROUTES + 1];
        final int[] counts = new int[MAX_ROUTES + 1];
        private int size;

        void add(Object name) {
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
            counts[i]++;
            size = Math.max(size, i + 1);
        }

        void clear() {
            Arrays.fill(names, 0, size, null);
            Arrays.fill(counts, 0, size, 0);
            size = 0;
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

    StallsightVictims() {}

    /** A request was served late in the running tick. By the loop's thread. */
    public void late(Object name) {
        late.add(name);
    }

    /** A request was served that waited for the last slow tick. By the loop's thread. */
    public void waited(Object name) {
        waited.add(name);
    }

    /** @param end {@link System#nanoTime()} if the tick was slow, else 0 */
    void tickEnds(long end) {
        if (end != 0) {
            Routes oldest = before;
            before = waited;
            waited = late;
            late = oldest;
            ofBefore = of;
            counted = false;
            of = end;
        } else if (!counted) {
            counted = true;
        }
        if (late.size != 0) {
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
}
