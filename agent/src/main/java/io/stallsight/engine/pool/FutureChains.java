package io.stallsight.engine.pool;

import io.stallsight.engine.catalog.rule.FutureRule;
import io.stallsight.engine.reflect.MemberPath;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the fields that the catalog names from tasks to the threads that wait for their results. A waiting thread
 * parks on a future ({@link java.util.concurrent.locks.LockSupport#getBlocker}), or on a node that hangs on one.
 */
final class FutureChains {

    /** Objects looked at for one pool. */
    private static final int MAX_OBJECTS = 20_000;

    private final ClassValue<Links> links;

    private record Links(List<Field> leads, @Nullable Field runner) {}

    FutureChains(List<FutureRule> rules) {
        links = new ClassValue<>() {
            @Override
            protected Links computeValue(Class<?> type) {
                return find(type, rules);
            }
        };
    }

    /** These tasks and all that can be reached from them, by identity. */
    Set<Object> reachable(List<Object> tasks) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayDeque<Object> open = new ArrayDeque<>(tasks);
        while (!open.isEmpty() && seen.size() < MAX_OBJECTS) {
            Object at = open.pop();
            if (seen.add(at)) {
                for (Field lead : links.get(at.getClass()).leads) {
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
        Field runner = links.get(task.getClass()).runner;
        return runner != null && read(runner, task) instanceof Thread thread ? thread : null;
    }

    private static @Nullable Object read(Field field, Object of) {
        try {
            return field.get(of);
        } catch (IllegalAccessException e) { // opened when it was found
            return null;
        }
    }

    private static Links find(Class<?> type, List<FutureRule> rules) {
        List<Field> leads = new ArrayList<>();
        Field runner = null;
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (FutureRule rule : rules) {
                if (rule.className().equals(at.getName())) {
                    for (String lead : rule.leads()) {
                        if (MemberPath.find(at, lead) instanceof Field field) {
                            leads.add(field);
                        }
                    }
                    if (rule.runner() != null && MemberPath.find(at, rule.runner()) instanceof Field field) {
                        runner = field;
                    }
                }
            }
        }
        return new Links(leads, runner);
    }
}
