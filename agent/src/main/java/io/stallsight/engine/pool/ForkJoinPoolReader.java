package io.stallsight.engine.pool;

import io.stallsight.engine.reflect.Gauges;
import java.util.List;
import java.util.concurrent.ForkJoinPool;

/**
 * Reads a {@link ForkJoinPool} by its public methods.
 *
 * @param byPaths reads what has no public method
 */
record ForkJoinPoolReader(CatalogPoolReader byPaths) implements PoolReader {

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
        ForkJoinPool executor = (ForkJoinPool) pool;
        long active = executor.getActiveThreadCount();
        long max = executor.getParallelism(); // without the threads that stand in for blocked ones
        return new PoolReading(
                active,
                Math.max(0, max - active),
                executor.getPoolSize(),
                max,
                executor.getQueuedTaskCount() + executor.getQueuedSubmissionCount(),
                Gauges.UNKNOWN,
                Gauges.UNKNOWN,
                Gauges.UNKNOWN,
                0);
    }

    @Override
    public boolean splitsTasks() {
        return true;
    }
}
