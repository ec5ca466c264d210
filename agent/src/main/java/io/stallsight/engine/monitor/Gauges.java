package io.stallsight.engine.monitor;

import io.stallsight.engine.catalog.GaugeRule;
import io.stallsight.hook.StallsightQueue;
import io.stallsight.hook.StallsightTicks;
import java.lang.reflect.Method;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * What waits at a loop, as far as its framework tells: methods of executors that the catalog names, the keys of a
 * selector, the queue of a pool. Called on threads of the agent; what an executor throws means that it does not tell.
 */
final class Gauges {

    static final long UNKNOWN = -1;

    private final List<GaugeRule> rules;
    private final ClassValue<Methods> methods = new ClassValue<>() {
        @Override
        protected Methods computeValue(Class<?> type) {
            return find(type);
        }
    };

    private record Methods(
            @Nullable Method pending, @Nullable Method channels) {}

    Gauges(List<GaugeRule> rules) {
        this.rules = rules;
    }

    long pending(StallsightTicks loop) {
        Object executor = executor(loop);
        if (executor == null) {
            return UNKNOWN;
        }
        if (executor instanceof ThreadPoolExecutor pool) {
            return PoolQueues.due(pool);
        }
        return call(methods.get(executor.getClass()).pending, executor);
    }

    long channels(StallsightTicks loop) {
        Object executor = executor(loop);
        if (executor != null) {
            long channels = call(methods.get(executor.getClass()).channels, executor);
            if (channels >= 0) {
                return channels;
            }
        }
        try {
            return loop.selector.get() instanceof Selector selector && selector.isOpen()
                    ? selector.keys().size()
                    : UNKNOWN;
        } catch (RuntimeException closed) {
            return UNKNOWN;
        }
    }

    /** Pending tasks and channels, what is not known left out. */
    long waiting(StallsightTicks loop) {
        return Math.max(0, pending(loop)) + Math.max(0, channels(loop));
    }

    private static @Nullable Object executor(StallsightTicks loop) {
        StallsightQueue queue = loop.queue;
        return queue == null ? null : queue.executor.get();
    }

    private static long call(@Nullable Method method, Object on) {
        if (method == null) {
            return UNKNOWN;
        }
        try {
            return method.invoke(on) instanceof Number number ? number.longValue() : UNKNOWN;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return UNKNOWN;
        }
    }

    private Methods find(Class<?> type) {
        Method pending = null;
        Method channels = null;
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (GaugeRule rule : rules) {
                if (rule.className().equals(at.getName())) {
                    pending = pending == null ? find(type, rule.pending()) : pending;
                    channels = channels == null ? find(type, rule.channels()) : channels;
                }
            }
        }
        return new Methods(pending, channels);
    }

    private static @Nullable Method find(Class<?> type, @Nullable String name) {
        if (name == null) {
            return null;
        }
        try {
            Method method = type.getMethod(name);
            return method.trySetAccessible() ? method : null;
        } catch (NoSuchMethodException | RuntimeException e) {
            return null;
        }
    }
}
