package io.stallsight.engine.pool;

import io.stallsight.engine.catalog.PoolRule;
import io.stallsight.engine.reflect.Gauges;
import io.stallsight.engine.reflect.MemberPath;
import io.stallsight.engine.reflect.PoolQueues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * How to ask the pools of one class. The JDK's are asked by their public methods, others by those that the catalog
 * names. Used by the sampling thread: some methods take the pool's lock.
 */
class PoolReader {

    private static final int MOST_WORKERS = 2_000;

    /** A queue with more room has the largest capacity that there is: nobody chose it. */
    private static final int UNBOUNDED = Integer.MAX_VALUE / 2;

    private final PoolRule rule;
    private final @Nullable MemberPath active;
    private final @Nullable MemberPath idle;
    private final @Nullable MemberPath size;
    private final @Nullable MemberPath max;
    private final @Nullable MemberPath queued;
    private final @Nullable MemberPath capacity;
    private final @Nullable MemberPath completed;
    private final @Nullable MemberPath rejected;
    private final @Nullable MemberPath workers;
    private final @Nullable MemberPath lock;
    private final @Nullable MemberPath members;
    private final @Nullable MemberPath workerThread;

    /** Where the most is no matter of the pool. */
    private final long fixedMax;

    PoolReader(PoolRule rule) {
        this.rule = rule;
        active = MemberPath.of(rule.path(PoolRule.Path.ACTIVE));
        idle = MemberPath.of(rule.path(PoolRule.Path.IDLE));
        size = MemberPath.of(rule.path(PoolRule.Path.SIZE));
        fixedMax = number(rule.path(PoolRule.Path.MAX));
        max = fixedMax < 0 ? MemberPath.of(rule.path(PoolRule.Path.MAX)) : null;
        queued = MemberPath.of(rule.path(PoolRule.Path.QUEUED));
        capacity = MemberPath.of(rule.path(PoolRule.Path.CAPACITY));
        completed = MemberPath.of(rule.path(PoolRule.Path.COMPLETED));
        rejected = MemberPath.of(rule.path(PoolRule.Path.REJECTED));
        workers = MemberPath.of(rule.path(PoolRule.Path.WORKERS));
        lock = MemberPath.of(rule.path(PoolRule.Path.LOCK));
        members = MemberPath.of(rule.path(PoolRule.Path.MEMBERS));
        workerThread = MemberPath.of(rule.path(PoolRule.Path.WORKER_THREAD));
    }

    private static long number(@Nullable String text) {
        return text == null || !Character.isDigit(text.charAt(0)) ? Gauges.UNKNOWN : Long.parseLong(text);
    }

    /** The reader for a class by the rule of it or its nearest superclass; null if there is no rule. */
    static @Nullable PoolReader of(Class<?> type, List<PoolRule> rules) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (PoolRule rule : rules) {
                if (rule.className().equals(at.getName())) {
                    if (ThreadPoolExecutor.class.isAssignableFrom(type)) {
                        return new ThreadPoolReader(rule);
                    }
                    return ForkJoinPool.class.isAssignableFrom(type) ? new ForkJoinReader(rule) : new PoolReader(rule);
                }
            }
        }
        return null;
    }

    String title() {
        return rule.title();
    }

    /** With what the names of its members' threads begin, if it bounds other executors and has no threads itself. */
    @Nullable
    String members(Object pool) {
        return members == null ? null : String.valueOf(members.follow(pool));
    }

    boolean hasMembers() {
        return rule.path(PoolRule.Path.MEMBERS) != null;
    }

    void read(Object pool, PoolReading into) {
        into.clear();
        into.size = size == null ? workers(pool).size() : MemberPath.number(size, pool);
        into.max = fixedMax >= 0 ? fixedMax : MemberPath.number(max, pool);
        into.queued = MemberPath.number(queued, pool);
        into.capacity = MemberPath.number(capacity, pool);
        into.completed = MemberPath.number(completed, pool);
        into.rejected = MemberPath.number(rejected, pool);
        into.idle = MemberPath.number(idle, pool);
        into.active = MemberPath.number(active, pool);
        if (into.active < 0 && into.queued > 0 && into.size > 0 && into.size >= into.max) {
            into.active = into.size; // it does not tell, but nobody can be idle
        }
        if (active == null && into.max == 1) {
            into.active = into.size == 1 && into.queued > 0 ? 1 : 0; // of one thread it is known when tasks wait
        }
    }

    /** Whether tasks may wait in a healthy pool for as long as its workers compute. */
    boolean splitsTasks() {
        return false;
    }

    /** Whether a hook sees each task that a worker takes. */
    boolean everyTaskIsTaken() {
        return false;
    }

    /** Whether it makes a thread more than its core has only for a task that its queue refuses. */
    boolean prefersQueue() {
        return false;
    }

    /** Whether it has ended for good. */
    boolean isOver(Object pool) {
        return pool instanceof java.util.concurrent.ExecutorService service && service.isTerminated();
    }

    /** What waits in the queue, at most {@code most}; empty if that is not told. */
    List<Object> waiting(Object pool, int most) {
        return List.of();
    }

    /** Its threads, as far as it tells. */
    List<Thread> workers(Object pool) {
        List<Thread> found = new ArrayList<>();
        if (workers == null) {
            return found;
        }
        Lock held = lock != null && lock.follow(pool) instanceof Lock known ? known : null;
        if (held != null) {
            held.lock();
        }
        try {
            collect(workers.follow(pool), found);
        } catch (RuntimeException e) { // changed meanwhile
            return found;
        } finally {
            if (held != null) {
                held.unlock();
            }
        }
        return found;
    }

    private void collect(@Nullable Object from, List<Thread> into) {
        if (from instanceof Collection<?> many) {
            for (Object one : many) {
                add(one, into);
            }
        } else if (from instanceof Object[] many) {
            for (Object one : many) {
                add(one, into);
            }
        } else {
            add(from, into);
        }
    }

    private void add(@Nullable Object worker, List<Thread> into) {
        if (worker == null || into.size() >= MOST_WORKERS) {
            return;
        }
        Object thread = worker instanceof Thread || workerThread == null ? worker : workerThread.follow(worker);
        if (thread instanceof Thread found) {
            into.add(found);
        }
    }

    private static final class ThreadPoolReader extends PoolReader {

        ThreadPoolReader(PoolRule rule) {
            super(rule);
        }

        @Override
        void read(Object pool, PoolReading into) {
            into.clear();
            ThreadPoolExecutor executor = (ThreadPoolExecutor) pool;
            try {
                into.active = executor.getActiveCount();
                into.size = executor.getPoolSize();
                into.max = executor.getMaximumPoolSize();
                into.completed = executor.getCompletedTaskCount();
                BlockingQueue<Runnable> queue = executor.getQueue();
                into.queued = PoolQueues.due(executor);
                if (executor instanceof ScheduledThreadPoolExecutor) {
                    // has no use for a maximum: its queue is never full
                    into.max = Math.max(into.size, executor.getCorePoolSize());
                    if (into.queued > 0 && (Object) queue.peek() instanceof Delayed first) {
                        into.oldest = Math.max(0, -first.getDelay(TimeUnit.NANOSECONDS));
                    }
                }
                int free = queue.remainingCapacity();
                into.capacity = free > UNBOUNDED ? Gauges.UNKNOWN : (long) queue.size() + free;
            } catch (RuntimeException e) { // an application's own queue or pool
                into.queued = Gauges.UNKNOWN;
            }
        }

        @Override
        boolean everyTaskIsTaken() {
            return true;
        }

        @Override
        boolean prefersQueue() {
            return true;
        }

        @Override
        List<Object> waiting(Object pool, int most) {
            List<Object> tasks = new ArrayList<>();
            try {
                for (Object task : ((ThreadPoolExecutor) pool).getQueue()) {
                    if (tasks.size() >= most) {
                        break;
                    }
                    tasks.add(task);
                }
            } catch (RuntimeException e) { // an application's own queue
                return tasks;
            }
            return tasks;
        }
    }

    private static final class ForkJoinReader extends PoolReader {

        ForkJoinReader(PoolRule rule) {
            super(rule);
        }

        @Override
        void read(Object pool, PoolReading into) {
            into.clear();
            ForkJoinPool executor = (ForkJoinPool) pool;
            into.active = executor.getActiveThreadCount();
            into.size = executor.getPoolSize();
            // without compensation for those that block
            into.max = executor.getParallelism();
            into.idle = Math.max(0, into.max - into.active);
            into.queued = executor.getQueuedTaskCount() + executor.getQueuedSubmissionCount();
        }

        @Override
        boolean splitsTasks() {
            return true;
        }
    }
}
