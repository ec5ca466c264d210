package io.stallsight.hook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The victims of one slow tick: their number by name, and the time that they lost. What costs memory here is made only
 * for requests that waited, or held the tick.
 */
final class StallsightVictimCounts {

    static final int MAX_ROUTES = 8;

    /** Of so many requests it is known that they were counted. */
    private static final int MAX_SEEN = 64;

    /** Further ones count, each as if it were the first of its connection, and once more for each of its parts. */
    private static final int MAX_VICTIMS = 512;

    private static final Object OTHER = "(other)";

    /** A request that was seen in the tick, or after it. */
    static final class Victim {

        /** Its identity hash code. */
        private final int request;

        /** The number of its name; {@link #NO_VICTIM} of one that held the tick. */
        private int name;

        /** Nanoseconds that count for its name. */
        private long lost = StallsightVictims.UNKNOWN;

        Victim(int request, int name) {
            this.request = request;
            this.name = name;
        }
    }

    private static final int NO_VICTIM = -1;

    private final Object[] names = new Object[MAX_ROUTES + 1];
    private final int[] counts = new int[MAX_ROUTES + 1];
    private final int[] measured = new int[MAX_ROUTES + 1];
    private final long[] lost = new long[MAX_ROUTES + 1];

    /** Numbers of requests by the exponent of the power of two that is no more than what they lost. */
    private final int[] exponents = new int[Long.SIZE];

    private int size;

    /** In the order in which they were served. */
    private final List<Victim> victims = new ArrayList<>(0);

    int size() {
        return size;
    }

    Object name(int number) {
        return names[number];
    }

    int count(int number) {
        return counts[number];
    }

    int measured(int number) {
        return measured[number];
    }

    long lost(int number) {
        return lost[number];
    }

    int lostAbout(int exponent) {
        return exponents[exponent];
    }

    /** A request that held the tick is no victim, also if more of it is served later. */
    void addHolder(int request) {
        keep(new Victim(request, NO_VICTIM));
    }

    /**
     * Counts a request.
     *
     * @param continued whether it was served before in the same tick: then it is one of those that were added, or it
     *     did not wait
     * @param routed whether the name is that of its route: of one that was added it is the better name
     * @return null if it was counted before, or is no victim
     */
    Victim add(int request, boolean continued, Object name, boolean routed) {
        Victim known = seen(request);
        if (known != null && routed) {
            rename(known, name);
        }
        if (known != null) {
            return null;
        }
        if (continued) {
            return null;
        }
        Victim victim = new Victim(request, numberOf(name));
        counts[victim.name]++;
        keep(victim);
        return victim;
    }

    private void keep(Victim victim) {
        if (victims.size() < MAX_VICTIMS) {
            victims.add(victim);
        }
    }

    /** What it lost is known by now, in nanoseconds, or it is {@link StallsightVictims#UNKNOWN}. */
    void addLost(Victim victim, long nanos) {
        victim.lost = nanos;
        if (nanos != StallsightVictims.UNKNOWN) {
            measured[victim.name]++;
            lost[victim.name] += nanos;
            exponents[Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, nanos))]++;
        }
    }

    private void rename(Victim known, Object name) {
        if (known.name != NO_VICTIM && !names[known.name].equals(name)) {
            move(known, -1);
            known.name = numberOf(name);
            move(known, 1);
        }
    }

    private void move(Victim victim, int more) {
        counts[victim.name] += more;
        if (victim.lost != StallsightVictims.UNKNOWN) {
            measured[victim.name] += more;
            lost[victim.name] += more * victim.lost;
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

    private Victim seen(int request) {
        int last = victims.size() - 1;
        for (int i = last; i >= 0 && i > last - MAX_SEEN; i--) {
            if (victims.get(i).request == request) {
                return victims.get(i);
            }
        }
        return null;
    }

    void clear() {
        if (size == 0 && victims.isEmpty()) {
            return;
        }
        Arrays.fill(names, 0, size, null);
        Arrays.fill(counts, 0, size, 0);
        Arrays.fill(measured, 0, size, 0);
        Arrays.fill(lost, 0, size, 0L);
        Arrays.fill(exponents, 0);
        size = 0;
        victims.clear();
    }
}
