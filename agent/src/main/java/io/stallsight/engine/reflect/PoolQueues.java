package io.stallsight.engine.reflect;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What waits in the queue of a pool.
 *
 * <p><b>Problem.</b> The queue of a scheduled pool gives its tasks only as a copy of all of them, under the lock that
 * the pool's own threads need: 200,000 timers were 42 % of a core. Other queues of the JDK do the same.
 *
 * <p><b>Algorithm.</b> The tasks of a scheduled pool are a heap in an array: no task is due before the one above it. So
 * the array is read without a lock, from the root on, and no further than tasks are due, nor than {@value #MAX_DUE} of
 * them. Of another queue the first tasks are read by its iterator, if that is known not to copy; else the queue must be
 * short.
 *
 * <p><b>Given up.</b> The heap may change meanwhile: a task may be missed, or seen twice.
 */
public final class PoolQueues {

    /** More are as good as that many: the pool cannot keep up. */
    private static final int MAX_DUE = 10_000;

    /** A longer queue is not copied. */
    private static final int MAX_COPIED = 1_000;

    /** Of the queue of a scheduled pool; null if this JDK has another one. */
    private static final @Nullable Field HEAP = heap();

    private PoolQueues() {}

    private static @Nullable Field heap() {
        try {
            Field heap = Class.forName(ScheduledThreadPoolExecutor.class.getName() + "$DelayedWorkQueue")
                    .getDeclaredField("queue");
            return heap.trySetAccessible() ? heap : null;
        } catch (ReflectiveOperationException otherJdk) {
            return null;
        }
    }

    /** Queued tasks that could run now: a scheduled pool also holds those of later. */
    public static long due(ThreadPoolExecutor pool) {
        try {
            return pool instanceof ScheduledThreadPoolExecutor scheduled
                    ? dueTasks(scheduled).size()
                    : pool.getQueue().size();
        } catch (RuntimeException e) { // an application's own queue
            return Gauges.UNKNOWN;
        }
    }

    /** Whether all tasks that are due will be repeated. */
    public static boolean isPeriodic(ScheduledThreadPoolExecutor pool) {
        try {
            for (Object task : dueTasks(pool)) {
                if (!(task instanceof RunnableScheduledFuture<?> repeated && repeated.isPeriodic())) {
                    return false;
                }
            }
            return true;
        } catch (RuntimeException e) { // an application's own task
            return false;
        }
    }

    /** Tasks in the queue, at most {@code limit}; none if they could be had only by a copy of a long queue. */
    public static List<Object> first(ThreadPoolExecutor pool, int limit) {
        List<Object> tasks = new ArrayList<>();
        try {
            BlockingQueue<Runnable> queue = pool.getQueue();
            Object[] heap = heapOf(queue);
            if (heap != null) {
                for (int i = 0; i < heap.length && heap[i] != null && tasks.size() < limit; i++) {
                    tasks.add(heap[i]);
                }
                return tasks;
            }
            if (!iteratesWithoutCopy(queue) && queue.size() > MAX_COPIED) {
                return tasks;
            }
            for (Object task : queue) {
                if (tasks.size() >= limit) {
                    break;
                }
                tasks.add(task);
            }
        } catch (RuntimeException ofAnApplicationsQueue) {
            return tasks; // what was found so far
        }
        return tasks;
    }

    private static boolean iteratesWithoutCopy(Queue<?> queue) {
        Class<?> type = queue.getClass();
        return type == LinkedBlockingQueue.class
                || type == LinkedBlockingDeque.class
                || type == LinkedTransferQueue.class
                || type == ArrayBlockingQueue.class
                || type == SynchronousQueue.class;
    }

    private static Object @Nullable [] heapOf(Queue<?> queue) {
        Field heap = HEAP;
        if (heap == null || queue.getClass() != heap.getDeclaringClass()) {
            return null;
        }
        try {
            return (Object[]) heap.get(queue);
        } catch (IllegalAccessException opened) {
            return null;
        }
    }

    /** In the order of the heap. */
    private static List<Object> dueTasks(ScheduledThreadPoolExecutor pool) {
        List<Object> due = new ArrayList<>();
        Object[] heap = heapOf(pool.getQueue());
        if (heap == null) {
            Object first = pool.getQueue().peek();
            if (isDue(first)) {
                for (Object task :
                        pool.getQueue().size() <= MAX_COPIED ? pool.getQueue().toArray() : new Object[] {first}) {
                    if (isDue(task)) {
                        due.add(task);
                    }
                }
            }
            return due;
        }
        List<Integer> open = new ArrayList<>();
        open.add(0);
        for (int next = 0; next < open.size() && due.size() < MAX_DUE; next++) {
            int at = open.get(next);
            Object task = at < heap.length ? heap[at] : null;
            if (task != null && isDue(task)) {
                due.add(task);
                open.add(2 * at + 1);
                open.add(2 * at + 2);
            }
        }
        return due;
    }

    private static boolean isDue(@Nullable Object task) {
        return task != null && !(task instanceof Delayed delayed && delayed.getDelay(TimeUnit.NANOSECONDS) > 0);
    }
}
