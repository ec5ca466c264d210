package io.stallsight.engine.metrics;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Limits how many loops, pools, downstreams or sites have a series of their own. First come, first served: a key keeps
 * its slot until it is released. It cannot lose the slot to a busier key, because its counter would then go back to
 * zero and readers take that for a restart. Not thread-safe.
 */
final class SeriesSlots {

    private final int limit;
    private final Set<String> taken = new HashSet<>();

    SeriesSlots(int limit) {
        this.limit = limit;
    }

    /** Returns whether the key has a slot. A key without one takes a free slot if there is any. */
    boolean claim(String key) {
        return taken.contains(key) || taken.size() < limit && taken.add(key);
    }

    /** Releases the slots of all keys that match. */
    void release(Predicate<String> gone) {
        taken.removeIf(gone);
    }
}
