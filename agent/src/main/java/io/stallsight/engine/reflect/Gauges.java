package io.stallsight.engine.reflect;

import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.rule.GaugeRule;
import io.stallsight.engine.memory.ClassMap;
import io.stallsight.engine.thread.Callee;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightQueue;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The tasks and channels of a loop: read by methods of its executor that the catalog names, from the keys of its
 * selector, or from the queue of its pool. A number that the framework does not show is {@link #UNKNOWN}, and so is one
 * whose method throws, or does not return ({@link Callee}). Called on threads of the agent that may be lost.
 */
public final class Gauges {

    public static final long UNKNOWN = -1;

    private final List<GaugeRule> rules;
    private final ClassMap<Methods> methods = new ClassMap<>(type -> find(type));

    private record Methods(
            @Nullable MemberPath pending, @Nullable MemberPath channels) {}

    public Gauges(List<GaugeRule> rules) {
        this.rules = rules;
    }

    public long pending(StallsightLoop loop) {
        Object executor = executor(loop);
        if (executor == null) {
            return UNKNOWN;
        }
        return Callee.ofClass(executor.getClass()).call(executor, () -> pending(executor), UNKNOWN);
    }

    private long pending(Object executor) {
        return executor instanceof ThreadPoolExecutor pool
                ? PoolQueues.due(pool)
                : MemberPath.number(methods.get(executor.getClass()).pending, executor);
    }

    public long channels(StallsightLoop loop) {
        Object executor = executor(loop);
        if (executor != null) {
            long channels = Callee.ofClass(executor.getClass()).call(executor, () -> channels(executor), UNKNOWN);
            if (channels >= 0) {
                return channels;
            }
        }
        return loop.selector().get() instanceof Selector selector
                ? Callee.ofClass(selector.getClass()).call(selector, () -> keys(selector), UNKNOWN)
                : UNKNOWN;
    }

    private long channels(Object executor) {
        return MemberPath.number(methods.get(executor.getClass()).channels, executor);
    }

    private static long keys(Selector selector) {
        try {
            return selector.isOpen() ? selector.keys().size() : UNKNOWN;
        } catch (RuntimeException closed) {
            return UNKNOWN;
        }
    }

    private static @Nullable Object executor(StallsightLoop loop) {
        StallsightQueue queue = loop.queue();
        return queue == null ? null : queue.executor().get();
    }

    private Methods find(Class<?> type) {
        MemberPath pending = null;
        MemberPath channels = null;
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (GaugeRule rule : rules) {
                if (ClassNames.isOrCopies(at.getName(), rule.className())) {
                    pending = pending == null ? MemberPath.of(rule.pending()) : pending;
                    channels = channels == null ? MemberPath.of(rule.channels()) : channels;
                }
            }
        }
        return new Methods(pending, channels);
    }
}
