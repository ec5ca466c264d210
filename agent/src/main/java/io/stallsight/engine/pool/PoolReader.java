package io.stallsight.engine.pool;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.catalog.rule.PoolRule;
import io.stallsight.engine.fact.PoolKind;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pools of one class. Used by the sampling thread: some methods take the pool's lock, and any may be the
 * application's own, so {@link Pool} calls them as a {@link io.stallsight.engine.thread.Callee}. The defaults are those
 * of a pool of which only the catalog knows something.
 */
interface PoolReader {

    /** Points of the classes of pools of connections. */
    EnumSet<Point.Type> LENDING =
            EnumSet.of(Point.Type.LEASE_BEGIN, Point.Type.LEASE_END, Point.Type.LEASE_ASK, Point.Type.BORROW);

    /**
     * The reader for a class, by the rule of the class or its nearest superclass. Null if there is no rule, or if it is
     * the class of an event loop, which is reported as a loop.
     */
    static @Nullable PoolReader of(Class<?> type, Catalog catalog) {
        PoolRule rule = null;
        PoolKind kind = PoolKind.THREADS;
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Point point : catalog.pointsOf(at.getName())) {
                if (point.type() == Point.Type.LOOP_BEGIN && rule == null) {
                    return null;
                }
                if (LENDING.contains(point.type())) {
                    kind = PoolKind.CONNECTIONS; // a rule for a subclass need not repeat where it lends them
                }
            }
            if (rule == null) {
                rule = rule(at, catalog);
            }
        }
        if (rule == null) {
            return null;
        }
        CatalogPoolReader byPaths = new CatalogPoolReader(rule, kind);
        if (ThreadPoolExecutor.class.isAssignableFrom(type)) {
            return new ThreadPoolReader(byPaths);
        }
        return ForkJoinPool.class.isAssignableFrom(type) ? new ForkJoinPoolReader(byPaths) : byPaths;
    }

    private static @Nullable PoolRule rule(Class<?> type, Catalog catalog) {
        for (PoolRule rule : catalog.pools()) {
            if (ClassNames.isOrCopies(type.getName(), rule.className())) {
                return rule;
            }
        }
        return null;
    }

    /** The type of pool, for people. */
    String title();

    /** What the pool has. */
    default PoolKind kind() {
        return PoolKind.THREADS;
    }

    /** The name of the pool as people know it; null if it is called after its threads. */
    default @Nullable String name(Object pool) {
        return null;
    }

    PoolReading read(Object pool);

    /** Its threads, as far as it gives them. */
    List<Thread> workers(Object pool);

    /** Whether {@link #workers} gives the threads of every pool that has any. */
    default boolean givesWorkers() {
        return true;
    }

    /** The queued tasks, at most {@code limit}; empty if the pool does not give them. */
    default List<Object> waiting(Object pool, int limit) {
        return List.of();
    }

    /** Whether the pool bounds the number of other executors and has no threads itself. */
    default boolean boundsOthers() {
        return false;
    }

    /** The beginning of the names of the threads of those executors; null if there are none. */
    default @Nullable String namesOfOthers(Object pool) {
        return null;
    }

    /** Whether tasks may wait in a healthy pool for as long as its workers compute: tasks split off others. */
    default boolean splitsTasks() {
        return false;
    }

    /** Whether a hook sees each task that a worker takes. */
    default boolean seesEveryTask() {
        return false;
    }

    /** Whether the pool makes a thread beyond its core size only for a task that its queue refuses. */
    default boolean prefersQueue() {
        return false;
    }

    /** Whether the pool makes room for a task that it has no room for by dropping the one that has waited longest. */
    default boolean dropsOldest(Object pool) {
        return false;
    }

    /**
     * Whether a thread waits only while all connections are out that it may have, so that the pool opens none for it.
     * Some pools bound the connections to each server besides all together, and their numbers do not show which bound
     * is met.
     */
    default boolean waitsOnlyWhenDry() {
        return false;
    }

    /** Whether the pool has ended for good. */
    default boolean isOver(Object pool) {
        return pool instanceof ExecutorService service && service.isTerminated();
    }
}
