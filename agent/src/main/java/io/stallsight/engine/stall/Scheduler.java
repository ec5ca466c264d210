package io.stallsight.engine.stall;

import io.stallsight.engine.catalog.rule.WorkerRule;
import io.stallsight.engine.lag.WaitingLine;
import io.stallsight.engine.reflect.MemberPath;
import io.stallsight.hook.StallsightQueue;
import io.stallsight.hook.StallsightQueues;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler of virtual threads: a fork-join pool of platform threads, the carriers. What it has in its queues is a
 * virtual thread that is ready and waits for a carrier.
 *
 * <p>The indexes of a queue show how long it has waited: {@code top} grows with each virtual thread that comes,
 * {@code base} with each that a carrier takes ({@link WaitingLine}). Reading them takes no lock and costs nothing per
 * virtual thread, and no hook is on the way of a virtual thread to its carrier. Used by the watching thread.
 */
final class Scheduler {

    /** The name of its loop group, and of its pool. */
    static final String NAME = "virtual threads";

    private static final String FACTORY = "java.lang.VirtualThread$";

    private final ForkJoinPool pool;
    private final Fields fields;
    private final IdentityHashMap<Object, Line> lines = new IdentityHashMap<>();
    private long waiting;
    private long age;

    /** Of the fork-join pool and of its queues. */
    private record Fields(Field queues, Field owner, Field base, Field top) {
        static Fields open() throws ReflectiveOperationException {
            Field queues = ForkJoinPool.class.getDeclaredField("queues");
            Class<?> queue = queues.getType().getComponentType();
            Fields fields = new Fields(
                    queues,
                    queue.getDeclaredField("owner"),
                    queue.getDeclaredField("base"),
                    queue.getDeclaredField("top"));
            for (Field field : List.of(fields.queues, fields.owner, fields.base, fields.top)) {
                field.setAccessible(true);
            }
            return fields;
        }
    }

    /** One queue of the pool. Its indexes are of 32 bits and overflow. */
    private static final class Line {
        final WaitingLine waits = new WaitingLine();
        int base;
        long gone;
        boolean present;

        Line(int base) {
            this.base = base;
        }
    }

    private Scheduler(ForkJoinPool pool, Fields fields) {
        this.pool = pool;
        this.fields = fields;
    }

    /** Among the pools that hooks have met; null if no virtual thread has run so far. */
    static @Nullable Scheduler find() throws ReflectiveOperationException {
        for (StallsightQueue queue : StallsightQueues.all()) {
            if (queue.executor().get() instanceof ForkJoinPool pool
                    && pool.getFactory().getClass().getName().startsWith(FACTORY)) {
                return new Scheduler(pool, Fields.open());
            }
        }
        return null;
    }

    /** The path from a carrier to the virtual thread that it runs; null if the catalog has none. */
    static @Nullable MemberPath mounted(List<WorkerRule> workers) {
        for (WorkerRule rule : workers) {
            if (rule.mounted() != null) {
                return MemberPath.of(rule.mounted());
            }
        }
        return null;
    }

    int carriers() {
        return pool.getParallelism();
    }

    /** Carriers that run a virtual thread, or look for one. */
    int busy() {
        return Math.min(carriers(), pool.getActiveThreadCount());
    }

    /** Reads the queues. */
    void look(long now) {
        waiting = 0;
        age = 0;
        if (!pool.hasQueuedSubmissions() && pool.getQueuedTaskCount() == 0) {
            lines.clear();
            return;
        }
        for (Object queue : queues()) {
            if (queue != null) {
                look(queue, now);
            }
        }
        lines.values().removeIf(line -> !line.present);
        lines.values().forEach(line -> line.present = false);
    }

    private void look(Object queue, long now) {
        int base = number(fields.base, queue);
        int size = Math.max(0, number(fields.top, queue) - base);
        Line line = lines.computeIfAbsent(queue, first -> new Line(base));
        line.present = true;
        line.gone += Math.max(0, base - line.base);
        line.base = base;
        line.waits.look(now, line.gone, size);
        waiting += size;
        age = Math.max(age, line.waits.age());
    }

    /** Ready virtual threads that waited for a carrier at the last look. */
    long waiting() {
        return waiting;
    }

    /** How long one of them had waited at least, nanoseconds; 0 if none waited. */
    long age() {
        return age;
    }

    /** The carriers there are. */
    List<Thread> threads() {
        List<Thread> threads = new ArrayList<>();
        for (Object queue : queues()) {
            if (queue != null && read(fields.owner, queue) instanceof Thread owner) {
                threads.add(owner);
            }
        }
        return threads;
    }

    private @Nullable Object[] queues() {
        return read(fields.queues, pool) instanceof Object[] all ? all : new Object[0];
    }

    private static @Nullable Object read(Field field, Object of) {
        try {
            return field.get(of);
        } catch (IllegalAccessException e) { // it was opened
            return null;
        }
    }

    private static int number(Field field, Object of) {
        return read(field, of) instanceof Integer number ? number : 0;
    }
}
