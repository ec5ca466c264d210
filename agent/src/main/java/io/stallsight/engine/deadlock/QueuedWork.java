package io.stallsight.engine.deadlock;

import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.rule.PoolRule;
import io.stallsight.engine.catalog.rule.PoolRule.Path;
import io.stallsight.engine.reflect.PoolQueues;
import io.stallsight.engine.thread.Callee;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What only the one thread of an executor can run. Used by the sampling thread. */
final class QueuedWork {

    private static final int MAX_TASKS = 100;

    /** A queue with more room has the largest capacity that there is: the pool never grows. */
    private static final int UNBOUNDED = Integer.MAX_VALUE / 2;

    private final List<PoolRule> rules;
    private final IdentityHashMap<Object, List<Object>> seen = new IdentityHashMap<>();

    QueuedWork(List<PoolRule> rules) {
        this.rules = rules;
    }

    /**
     * What the running tick of {@code from} has started on an executor, and what else waits in its queue. Nothing if
     * more than one thread may run it, or if it is not due yet: then it is the timeout of the wait, not its victim.
     *
     * @param target a task that is the object of the wait itself counts before it is due
     */
    List<Object> of(WaitingLoop from, Object executor, Object target) {
        return Callee.ofClass(executor.getClass()).call(executor, () -> find(from, executor, target), List.of());
    }

    private List<Object> find(WaitingLoop from, Object executor, Object target) {
        if (!hasOneThread(executor)) {
            return List.of();
        }
        List<Object> work = from.loop().tick().startedOn(executor);
        if (executor instanceof ThreadPoolExecutor pool) {
            work.addAll(queued(pool));
        }
        work.removeIf(task ->
                task != target && task instanceof Delayed delayed && delayed.getDelay(TimeUnit.NANOSECONDS) > 0);
        return work;
    }

    /** The next question is about another moment. */
    void forget() {
        seen.clear();
    }

    /** The tasks in the queue of a pool, up to a limit. Each queue is read once for all questions about one moment. */
    List<Object> queued(ThreadPoolExecutor pool) {
        List<Object> tasks = seen.get(pool);
        if (tasks == null) {
            tasks = Callee.ofClass(pool.getClass()).call(pool, () -> PoolQueues.first(pool, MAX_TASKS), List.of());
            seen.put(pool, tasks);
        }
        return tasks;
    }

    private boolean hasOneThread(Object executor) {
        if (executor instanceof ThreadPoolExecutor pool) {
            return pool.getMaximumPoolSize() == 1 || pool.getCorePoolSize() <= 1 && neverGrows(pool);
        }
        for (Class<?> at = executor.getClass(); at != null; at = at.getSuperclass()) {
            for (PoolRule rule : rules) {
                if (ClassNames.isOrCopies(at.getName(), rule.className())) {
                    return "1".equals(rule.path(Path.MAX));
                }
            }
        }
        return false;
    }

    private static boolean neverGrows(ThreadPoolExecutor pool) {
        BlockingQueue<Runnable> queue = pool.getQueue();
        return pool.getPoolSize() <= 1
                && (pool instanceof ScheduledThreadPoolExecutor || queue.remainingCapacity() > UNBOUNDED);
    }
}
