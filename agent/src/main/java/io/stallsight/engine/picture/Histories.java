package io.stallsight.engine.picture;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Histories by their names, up to a maximum. When all places are taken, further names are left out until one has gone.
 * Guarded by the picture.
 */
final class Histories<H extends History> {

    private final int max;
    private final long kept;
    private final long gone;
    private final Map<String, H> byName = new HashMap<>();
    private int leftOut;
    private int leftOutSoFar;

    /**
     * @param kept milliseconds without a sample after which a history is forgotten
     * @param gone the same when all places are taken
     */
    Histories(int max, long kept, long gone) {
        this.max = max;
        this.kept = kept;
        this.gone = gone;
    }

    @Nullable
    H get(String name) {
        return byName.get(name);
    }

    /** Null if all places are taken. */
    @Nullable
    H at(String name, Supplier<H> made) {
        H history = byName.get(name);
        if (history == null) {
            if (byName.size() >= max) {
                leftOutSoFar++;
                return null;
            }
            history = made.get();
            byName.put(name, history);
        }
        return history;
    }

    /** An interval has ended. */
    void intervalEnded(long now) {
        boolean isFull = byName.size() >= max;
        byName.values().removeIf(history -> history.lastSeen < now - (isFull ? gone : kept));
        leftOut = leftOutSoFar;
        leftOutSoFar = 0;
    }

    /** The number of names that were left out in the last interval. */
    int leftOut() {
        return leftOut;
    }

    Collection<H> all() {
        return byName.values();
    }

    void clear() {
        byName.clear();
    }
}
