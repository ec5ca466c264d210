package io.stallsight.engine.pool;

import io.stallsight.engine.reflect.Completions;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows {@link Completions} from tasks to the threads that wait for their results. A waiting thread parks on a future
 * ({@link java.util.concurrent.locks.LockSupport#getBlocker}), or on a node that hangs on one.
 */
final class FutureChains {

    /** Objects looked at for one pool. */
    private static final int MAX_OBJECTS = 20_000;

    private final Completions completions;

    FutureChains(Completions completions) {
        this.completions = completions;
    }

    /** These tasks and all that can be reached from them, by identity. */
    Set<Object> reachable(List<Object> tasks) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayDeque<Object> open = new ArrayDeque<>(tasks);
        while (!open.isEmpty() && seen.size() < MAX_OBJECTS) {
            Object at = open.pop();
            if (seen.add(at)) {
                for (Field lead : completions.leads(at.getClass())) {
                    Object next = read(lead, at);
                    if (next != null) {
                        open.push(next);
                    }
                }
            }
        }
        return seen;
    }

    /** The thread that runs a task; null if none does, or if it is unknown. */
    @Nullable
    Thread runner(Object task) {
        Field runner = completions.runner(task.getClass());
        return runner != null && read(runner, task) instanceof Thread thread ? thread : null;
    }

    private static @Nullable Object read(Field field, Object of) {
        try {
            return field.get(of);
        } catch (IllegalAccessException e) { // opened when it was found
            return null;
        }
    }
}
