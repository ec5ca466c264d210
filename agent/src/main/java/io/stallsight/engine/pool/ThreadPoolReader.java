package io.stallsight.engine.pool;

import io.stallsight.engine.reflect.Gauges;
import io.stallsight.engine.reflect.PoolQueues;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Reads a {@link ThreadPoolExecutor} by its public methods, which take its lock.
 *
 * @param byPaths reads what has no public method
 */
record ThreadPoolReader(CatalogPoolReader byPaths) implements PoolReader {

    /** A queue with more room has the largest capacity that there is: nobody has chosen a bound. */
    private static final int UNBOUNDED = Integer.MAX_VALUE / 2;

    @Override
    public String title() {
        return byPaths.title();
    }

    @Override
    public List<Thread> workers(Object pool) {
        return byPaths.workers(pool);
    }

    @Override
    public PoolReading read(Object pool) {
        ThreadPoolExecutor executor = (ThreadPoolExecutor) pool;
        long active = executor.getActiveCount();
        long size = executor.getPoolSize();
        long completed = executor.getCompletedTaskCount();
        boolean scheduled = executor instanceof ScheduledThreadPoolExecutor;
        // the queue of a scheduled pool is never full, so it never grows beyond its core size
        long max = scheduled ? Math.max(size, executor.getCorePoolSize()) : executor.getMaximumPoolSize();
        long queued = PoolQueues.due(executor);
        long capacity = Gauges.UNKNOWN;
        long oldest = 0;
        try {
            BlockingQueue<Runnable> queue = executor.getQueue();
            if (scheduled && queued > 0 && (Object) queue.peek() instanceof Delayed first) {
                oldest = Math.max(0, -first.getDelay(TimeUnit.NANOSECONDS));
            }
            int free = queue.remainingCapacity();
            capacity = free > UNBOUNDED ? Gauges.UNKNOWN : (long) queue.size() + free;
        } catch (RuntimeException ofAnApplicationsQueue) {
            queued = Gauges.UNKNOWN;
        }
        return new PoolReading(active, Gauges.UNKNOWN, size, max, queued, capacity, completed, Gauges.UNKNOWN, oldest);
    }

    @Override
    public boolean seesEveryTask() {
        return true;
    }

    @Override
    public boolean prefersQueue() {
        return true;
    }

    @Override
    public boolean dropsOldest(Object pool) {
        return ((ThreadPoolExecutor) pool).getRejectedExecutionHandler()
                instanceof ThreadPoolExecutor.DiscardOldestPolicy;
    }

    @Override
    public List<Object> waiting(Object pool, int limit) {
        return PoolQueues.first((ThreadPoolExecutor) pool, limit);
    }
}
