package io.stallsight.engine.pool;

import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.rule.WorkerRule;
import io.stallsight.engine.memory.ClassMap;
import io.stallsight.engine.reflect.MemberPath;
import io.stallsight.engine.thread.Callee;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a worker thread by the catalog: its pool, the name of that, and the thread that it lends itself to. */
public final class Workers {

    private final ClassMap<Kind> kinds;

    private record Kind(
            @Nullable String title,
            @Nullable MemberPath pool,
            @Nullable MemberPath mounted) {}

    Workers(List<WorkerRule> rules) {
        kinds = new ClassMap<>(type -> find(type, rules));
    }

    private static Kind find(Class<?> type, List<WorkerRule> rules) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (WorkerRule rule : rules) {
                if (ClassNames.isOrCopies(at.getName(), rule.className())) {
                    return new Kind(rule.title(), MemberPath.of(rule.pool()), MemberPath.of(rule.mounted()));
                }
            }
        }
        return new Kind(null, null, null);
    }

    /** The name of the pool, or null if it follows from the names of its threads. */
    @Nullable
    String poolName(Thread worker) {
        return kinds.get(worker.getClass()).title;
    }

    /** The pool of a thread, or the object that made it; null if unknown. */
    @Nullable
    Object pool(Thread worker) {
        MemberPath path = kinds.get(worker.getClass()).pool;
        return path == null ? null : follow(path, worker);
    }

    /** The thread that a worker lends itself to, or null. */
    @Nullable
    Thread mounted(Thread worker) {
        MemberPath path = kinds.get(worker.getClass()).mounted;
        return path != null && follow(path, worker) instanceof Thread thread ? thread : null;
    }

    private static @Nullable Object follow(MemberPath path, Thread worker) {
        Class<?> type = worker.getClass();
        return path.isFieldOf(type)
                ? path.follow(worker)
                : Callee.ofClass(type)
                        .call(worker, () -> Optional.ofNullable(path.follow(worker)), Optional.empty())
                        .orElse(null);
    }
}
