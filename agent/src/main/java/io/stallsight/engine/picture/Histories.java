package io.stallsight.engine.picture;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Histories by their names, no more than a number of them: when it is full, what comes then is left out until something
 * has gone. Guarded by the picture.
 */
final class Histories<E extends History> {

    private final int most;
    private final long kept;
    private final long gone;
    private final Map<String, E> byName = new HashMap<>();
    private int left;
    private int leftSoFar;

    /**
     * @param kept milliseconds after which something that was not heard of is forgotten
     * @param gone the same when the room is needed
     */
    Histories(int most, long kept, long gone) {
        this.most = most;
        this.kept = kept;
        this.gone = gone;
    }

    @Nullable
    E get(String name) {
        return byName.get(name);
    }

    /** Null if there is no room for another one. */
    @Nullable
    E at(String name, Supplier<E> made) {
        E entry = byName.get(name);
        if (entry == null) {
            if (byName.size() >= most) {
                leftSoFar++;
                return null;
            }
            entry = made.get();
            byName.put(name, entry);
        }
        return entry;
    }

    /** An interval has ended. */
    void now(long time) {
        boolean isFull = byName.size() >= most;
        byName.values().removeIf(entry -> entry.lastSeen < time - (isFull ? gone : kept));
        left = leftSoFar;
        leftSoFar = 0;
    }

    /** How many there are besides those that are kept: samples that were left out in the last interval. */
    int left() {
        return left;
    }

    Collection<E> all() {
        return byName.values();
    }

    void clear() {
        byName.clear();
    }
}
