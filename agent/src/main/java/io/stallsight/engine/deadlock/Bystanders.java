package io.stallsight.engine.deadlock;

import io.stallsight.engine.reflect.References;
import io.stallsight.hook.StallsightQueue;
import io.stallsight.hook.StallsightQueues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Finds another thread or pool that has an object at hand: the thread by the task that it was started with, the pool by
 * a task that waits there. The agent cannot see the stack of another thread, so a search that finds none proves
 * nothing. One look serves all waits of a step. Used by the sampling thread.
 */
final class Bystanders {

    /**
     * A task that was wrapped by two pools, and the lambda in it. Whatever is farther away is not there for the object.
     */
    private static final int MAX_STEPS = 6;

    private static final int MAX_OBJECTS_OF_THREADS = 20_000;
    private static final int MAX_OBJECTS_OF_POOL = 2_000;

    private static final int MAX_POOLS = 50;

    private final References references;
    private final QueuedWork work;
    private @Nullable Sight sight;

    /** What threads that do not wait have at hand, and what the tasks of each pool have. */
    private record Sight(Set<Object> ofThreads, List<OfPool> ofPools) {}

    private record OfPool(Object pool, Set<Object> objects) {}

    Bystanders(References references, QueuedWork work) {
        this.work = work;
        this.references = references;
    }

    /** The next question is about another moment. */
    void forget() {
        sight = null;
    }

    /** @param waiting all loops that wait: none of these completes anything */
    boolean have(Object target, WaitingLoop one, WaitingLoop other, List<WaitingLoop> waiting) {
        Sight known = sight;
        if (known == null) {
            known = look(waiting);
            sight = known;
        }
        if (known.ofThreads.contains(target)) {
            return true;
        }
        Object first = one.executor();
        Object second = other.executor();
        for (OfPool each : known.ofPools) {
            if (each.pool != first && each.pool != second && each.objects.contains(target)) {
                return true;
            }
        }
        return false;
    }

    private Sight look(List<WaitingLoop> waiting) {
        Set<Object> blocked = Collections.newSetFromMap(new IdentityHashMap<>());
        waiting.forEach(loop -> blocked.add(loop.thread()));
        List<Object> roots = new ArrayList<>();
        for (Thread thread : threads()) {
            if (thread != null && !blocked.contains(thread)) {
                roots.add(thread);
            }
        }
        List<OfPool> pools = new ArrayList<>();
        for (StallsightQueue queue : StallsightQueues.all()) {
            if (queue.executor().get() instanceof ThreadPoolExecutor pool && pools.size() < MAX_POOLS) {
                List<Object> tasks = work.queued(pool);
                if (!tasks.isEmpty()) {
                    pools.add(new OfPool(pool, references.near(tasks, MAX_STEPS, MAX_OBJECTS_OF_POOL)));
                }
            }
        }
        return new Sight(references.near(roots, MAX_STEPS, MAX_OBJECTS_OF_THREADS), pools);
    }

    /** All platform threads; null after the last one. */
    private static Thread[] threads() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] threads = new Thread[2 * root.activeCount() + 50];
        root.enumerate(threads);
        return threads;
    }
}
