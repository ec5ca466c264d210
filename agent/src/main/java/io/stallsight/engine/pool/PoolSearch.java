package io.stallsight.engine.pool;

import io.stallsight.engine.reflect.References;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Finds pools that are older than the agent, from the threads that there are: a pool that is stuck never comes to a
 * hook. A thread of a class that the catalog knows names its pool; from any other the references are followed to the
 * nearest pool, as the task that a worker runs may be wrapped by the pool's factory, or by two.
 */
final class PoolSearch {

    /** From a thread to its pool. */
    private static final int MAX_STEPS = 6;

    private static final int MAX_OBJECTS_PER_THREAD = 300;
    private static final int MAX_THREADS = 2_000;

    /** Threads that may start while they are listed: the list is made longer by this. */
    private static final int SPARE_THREADS = 50;

    private final Workers workers;
    private final Predicate<Object> isPool;
    private final References references = new References();

    PoolSearch(Workers workers, Predicate<Object> isPool) {
        this.workers = workers;
        this.isPool = isPool;
    }

    void find(Consumer<Object> pools) {
        int searched = 0;
        for (Thread thread : threads()) {
            if (thread == null) {
                break;
            }
            Object maker = workers.pool(thread);
            if ((maker == null || !isPool.test(maker)) && searched++ < MAX_THREADS) {
                maker = references.nearest(thread, isPool, MAX_STEPS, MAX_OBJECTS_PER_THREAD);
            }
            if (maker != null && isPool.test(maker)) {
                pools.accept(maker);
            }
        }
    }

    /** All threads; null after the last one. */
    private static Thread[] threads() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] threads = new Thread[2 * root.activeCount() + SPARE_THREADS];
        root.enumerate(threads);
        return threads;
    }
}
