package io.stallsight.engine.memory;

import io.stallsight.hook.StallsightIdentityMap;

/**
 * Objects of the application that the agent has met: compared by identity and held weakly, and none of their methods is
 * called. Thread-safe.
 *
 * @param <T> type of the objects
 */
public final class WeakIdentitySet<T> {

    private final StallsightIdentityMap<Boolean> objects = new StallsightIdentityMap<>();

    /** Returns whether the object was not in the set. */
    public boolean add(T object) {
        return objects.putIfAbsent(object, Boolean.TRUE) == null;
    }

    /** The number of objects, some of which may be collected already. */
    public int size() {
        return objects.size();
    }
}
