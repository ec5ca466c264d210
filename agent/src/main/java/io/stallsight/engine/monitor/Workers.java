package io.stallsight.engine.monitor;

import io.stallsight.engine.catalog.WorkerRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the classes of worker threads tell: the name of their pool, and for whom they work. */
final class Workers {

    private final ClassValue<Kind> kinds;

    private record Kind(@Nullable WorkerRule rule, @Nullable MemberPath mounted) {}

    Workers(List<WorkerRule> rules) {
        kinds = new ClassValue<>() {
            @Override
            protected Kind computeValue(Class<?> type) {
                for (Class<?> at = type; at != null; at = at.getSuperclass()) {
                    for (WorkerRule rule : rules) {
                        if (rule.className().equals(at.getName())) {
                            return new Kind(rule, MemberPath.of(rule.mounted()));
                        }
                    }
                }
                return new Kind(null, null);
            }
        };
    }

    /** The name of the pool, or null if its threads' names tell it. */
    @Nullable
    String poolName(Thread worker) {
        WorkerRule rule = kinds.get(worker.getClass()).rule;
        return rule == null ? null : rule.title();
    }

    /** The thread that a worker lends itself to, or null. */
    @Nullable
    Thread mounted(Thread worker) {
        MemberPath path = kinds.get(worker.getClass()).mounted;
        return path != null && path.follow(worker) instanceof Thread thread ? thread : null;
    }
}
