package io.stallsight.engine.metrics;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which of the things that are measured have series of their own, so that their number is bounded. Whoever comes first
 * has a place until it is gone: a counter must never go back, so a thing cannot lose its place to a busier one.
 */
final class Places {

    private final int most;
    private final Set<String> taken = new HashSet<>();

    Places(int most) {
        this.most = most;
    }

    /** Whether the thing has a place; takes one if there is one left. */
    boolean has(String thing) {
        return taken.contains(thing) || taken.size() < most && taken.add(thing);
    }

    /** Frees the places of what is gone. */
    void free(Predicate<String> gone) {
        taken.removeIf(gone);
    }
}
