package io.stallsight.hook;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * The waits of tasks in the queue of one executor, by sampling.
 *
 * <p><b>Problem.</b> A pool may queue a million tasks a second, and its tasks must not be wrapped, since libraries
 * compare, remove and sort them. The queue is to show how long tasks wait, and how old a task is that still waits.
 *
 * <p><b>Algorithm.</b> One task at a time is the {@link #sample}: its identity is remembered with the time at which it
 * was queued, and compared with each task that a worker takes. After a short wait the next {@value #SKIP} tasks are not
 * looked at. An idle worker takes the first task of a burst at once, which says nothing of the others, so each task
 * that is not the sample is remembered as {@link #newest} as well. If the newest still waits after
 * {@value #SHORT_LIMIT} ns while there is no sample, it becomes the sample. Of tasks that are due at a time, every
 * {@value #SKIP}th shows by how much it is late.
 *
 * <p>An identity stands for one submission only while the same object is not queued twice: a shared {@code Runnable}
 * that workers take all the time would make each wait look short. Where that happens ({@link #hasRepeats}), the engine
 * has the queue count instead ({@link #countFrom}): the sample is taken when as many tasks have left as stood before it
 * and itself.
 *
 * <p><b>Invariants.</b> No lock and no allocation for a task; {@link #sample} and {@link #newest} change by
 * compare-and-set. A queue that stands still shows the age of its sample, a lower bound of its oldest task's.
 *
 * <p><b>Given up.</b> {@link #taken} and {@link #rejected} are written by several threads without a lock and may miss
 * some. Tasks of one burst beyond {@value #MAX_BURST} in a millisecond are remembered ever more rarely. While the queue
 * counts, a task that leaves it otherwise than by a worker shortens the measured wait, until the engine's next look.
 */
public final class StallsightQueue {

    /** After a short wait this many tasks are not looked at: their clock reads would cost more than they show. */
    public static final int SKIP = 31;

    /** A wait below that is short, nanoseconds. */
    public static final long SHORT_LIMIT = 1_000_000L;

    /** A task that is due at a time and later than that is long overdue, nanoseconds. */
    private static final long LATE_LIMIT = 10_000_000L;

    /** Up to this many tasks per millisecond replace {@link #newest}; beyond that, fewer and fewer do. */
    private static final int MAX_BURST = 16;

    private static final long BURST_NANOS = 1_000_000L;

    private static final AtomicLongFieldUpdater<StallsightQueue> ENTERED =
            AtomicLongFieldUpdater.newUpdater(StallsightQueue.class, "entered");

    private static final AtomicLongFieldUpdater<StallsightQueue> LEFT =
            AtomicLongFieldUpdater.newUpdater(StallsightQueue.class, "left");

    private final WeakReference<Object> executor;
    private final StallsightHistogram waits = new StallsightHistogram();
    private final StallsightHistogram runs = new StallsightHistogram();

    /** The task that is measured. */
    private final StallsightSlot sample = new StallsightSlot();

    /** The number of tasks that are not looked at before the next sample. */
    private int skip;

    /** The task that was queued last. */
    private final StallsightSlot newest = new StallsightSlot();

    /** Beginning of the millisecond, the number of newest tasks in it, and the number to leave out from here on. */
    private long burst;

    private int inBurst;
    private int leftOut;

    /** {@link System#nanoTime()} at which the last taken task was due, if it was long overdue; else 0. */
    private long lateSince;

    private long taken;
    private long rejected;

    /** Of a pool of connections, once one was borrowed; else null. */
    private volatile StallsightConnectionPool connections;

    /** Of a semaphore that is a limit of work; else null. */
    private final StallsightLimit limit;

    /** A task was queued while the same object waited in the queue. */
    private volatile boolean repeats;

    /** Whether the sample is known by its place, and not by its identity. */
    private volatile boolean counting;

    /**
     * Tasks that entered and left the queue while it counts; the place of the sample is one among those that entered.
     */
    private volatile long entered;

    private volatile long left;

    StallsightQueue(Object executor) {
        this(executor, null);
    }

    /** @param limit of a semaphore; null if this is none */
    StallsightQueue(Object executor, StallsightLimit limit) {
        this.executor = new WeakReference<>(executor);
        this.limit = limit;
        if (limit != null) {
            connections().setPermits(limit.permits());
        }
    }

    /** The executor; cleared when it is collected. */
    public WeakReference<Object> executor() {
        return executor;
    }

    /** Durations for which sampled tasks waited. */
    public StallsightHistogram waits() {
        return waits;
    }

    /** Durations for which sampled tasks ran. */
    public StallsightHistogram runs() {
        return runs;
    }

    /** The number of tasks that workers took, or that were handed to new workers; not exact. */
    public long taken() {
        return taken;
    }

    /** The number of tasks that the executor refused; not exact. */
    public long rejected() {
        return rejected;
    }

    /** The connections of this pool, which lends them. */
    StallsightConnectionPool connections() {
        StallsightConnectionPool known = connections;
        return known == null ? makeConnections() : known;
    }

    private synchronized StallsightConnectionPool makeConnections() {
        if (connections == null) {
            connections = new StallsightConnectionPool();
        }
        return connections;
    }

    /** The connections of this pool; null if it has not lent any, as most executors. */
    public StallsightConnectionPool connectionsIfAny() {
        return connections;
    }

    /**
     * {@code borrower}, which has taken {@code tasks} and serves {@code request}, or works in {@code context}, calls
     * this pool of connections.
     */
    StallsightLease call(Thread borrower, StallsightTaskCount tasks, StallsightRequest request, long context) {
        return connections().call(borrower, tasks, request, context);
    }

    /** Who holds the permits of this semaphore; null if it is none. */
    public StallsightLimit limit() {
        return limit;
    }

    /** A thread got permits of this semaphore, for which it did not wait. */
    void acquiredAtOnce() {
        taken++;
        waits.add(0L);
    }

    /** A thread that did not wait got no permit of this semaphore. */
    void refuseAtOnce() {
        rejected++;
    }

    /** The thread that waited has permits of this semaphore. It stands in the limit from here on. */
    void acquired(StallsightLease lease) {
        taken++;
        waits.add(connections().leave(lease));
    }

    /** The current thread is about to release {@code count} permits of this semaphore. */
    void release(int count) {
        limit.released(count, runs);
    }

    /** Who waits and who holds, at the moment, in no order. By the engine's threads. */
    public List<StallsightLease> leases() {
        StallsightConnectionPool lent = connections;
        StallsightLimit permits = limit;
        List<StallsightLease> all = lent == null ? new ArrayList<>() : lent.leases();
        if (permits != null) {
            all.addAll(permits.leases());
        }
        return all;
    }

    /** As {@link StallsightConnectionPool#waitInOrder}; 0 if this lends nothing. */
    public long waitInOrder(long now) {
        StallsightConnectionPool lent = connections;
        StallsightLimit permits = limit;
        if (lent == null) {
            return 0;
        }
        return permits == null ? lent.waitInOrder(now) : permits.waitInOrder(lent.waiting(), lent.oldestWait(now), now);
    }

    /** This pool of connections is called in a way that has no lease. */
    void ask() {
        connections();
        taken++;
    }

    /** The borrower got a connection. */
    void lend(StallsightLease lease) {
        taken++;
        waits.add(connections().lend(lease));
    }

    /** The borrower left without a connection. */
    void refuse(StallsightLease lease) {
        rejected++;
        waits.add(connections().refuse(lease));
    }

    /** The connection is back. */
    void end(StallsightLease lease) {
        runs.add(connections().end(lease));
    }

    /** A task is being queued, by any thread. */
    void queue(Object task) {
        if (task == null || task instanceof Delayed || isLocal(task)) {
            return;
        }
        if (counting) {
            queueCounted(task);
            return;
        }
        if (sample.isEmpty()) {
            if (skip <= 0) {
                sample.fill(task, 0L);
                return;
            }
            skip--;
        } else if (sample.holds(task)) {
            repeats = true;
        }
        remember(task);
    }

    private void remember(Object task) {
        int toSkip = leftOut;
        if (toSkip > 0) {
            leftOut = toSkip - 1;
            return;
        }
        long now = System.nanoTime();
        if (now - burst > BURST_NANOS) {
            burst = now;
            inBurst = 0;
        }
        int beyond = ++inBurst - MAX_BURST;
        if (beyond > 0) {
            leftOut = beyond < SKIP ? beyond : SKIP;
        }
        if (newest.holds(task)) {
            repeats = true;
        }
        newest.replace(task, now);
    }

    /** Makes the newest task the sample if it has waited for long and there is no other. By the engine's threads. */
    private void promote(long now) {
        newest.moveTo(sample, now - SHORT_LIMIT);
    }

    /**
     * Whether a fork-join worker keeps the task in a queue of its own, from which it runs it without passing a hook; a
     * virtual thread does so by its carrier.
     */
    private boolean isLocal(Object task) {
        if (!(task instanceof ForkJoinTask)) {
            return false;
        }
        Thread thread = Thread.currentThread();
        return thread instanceof ForkJoinWorkerThread && executor.refersTo(((ForkJoinWorkerThread) thread).getPool())
                || StallsightVirtualThreads.isVirtual(thread);
    }

    /** A worker was made for this task: it does not wait. */
    void hand(Object task) {
        taken++;
        if (counting) {
            takeCounted();
        } else if (sample.holds(task)) {
            waited(System.nanoTime() - sample.since());
            sample.clear();
        } else {
            newest.forget(task);
        }
    }

    /**
     * A worker took a task.
     *
     * @return {@link System#nanoTime()} if this was a sample, so that its run is to be measured as well; else 0
     */
    long take(Object task) {
        taken++;
        if (counting) {
            return takeCounted();
        }
        if (sample.holds(task)) {
            long now = System.nanoTime();
            waited(now - sample.since());
            sample.clear();
            return now;
        }
        if (newest.holds(task)) {
            return newestTaken(task);
        }
        if (task instanceof Delayed) {
            if (skip > 0) {
                skip--;
                return 0L;
            }
            long wait = -((Delayed) task).getDelay(TimeUnit.NANOSECONDS);
            long now = System.nanoTime();
            waited(wait);
            lateSince = wait >= LATE_LIMIT ? now - wait : 0;
            return now;
        }
        return 0L;
    }

    /** A short wait is left to the sample. A long one is that of a burst's end: no task was queued after it. */
    private long newestTaken(Object task) {
        long from = newest.since();
        if (!newest.forget(task)) {
            return 0L;
        }
        long now = System.nanoTime();
        if (now - from < SHORT_LIMIT) {
            return 0L;
        }
        waited(now - from);
        return now;
    }

    private void queueCounted(Object task) {
        long at = ENTERED.incrementAndGet(this);
        if (!sample.isEmpty()) {
            return;
        }
        if (skip > 0) {
            skip--;
        } else {
            sample.fill(task, at);
        }
    }

    /** Returns what {@link #take} does. */
    private long takeCounted() {
        long gone = LEFT.incrementAndGet(this);
        long from = sample.since();
        if (gone < sample.place() || !sample.forgetAny()) {
            return 0L;
        }
        long now = System.nanoTime();
        waited(now - from);
        return now;
    }

    private void rejectCounted() {
        long last = ENTERED.decrementAndGet(this);
        if (sample.place() > last) {
            sample.forgetAny();
        }
    }

    /** Whether the same object was queued twice, so that its identity does not show which of them a worker takes. */
    public boolean hasRepeats() {
        return repeats;
    }

    public boolean isCounting() {
        return counting;
    }

    /**
     * Measures by places from here on, or goes on with that.
     *
     * @param waiting how many tasks wait at the moment; corrects what the hooks have counted
     */
    public void countFrom(long waiting) {
        if (!counting) {
            counting = true;
            forgetTasks();
        }
        left = entered - waiting;
    }

    /** The queue is empty: identities are enough again, until an object is queued twice. */
    public void stopCounting() {
        if (counting) {
            counting = false;
            sample.clear();
        }
        repeats = false;
    }

    /** A sampled task has run for {@code nanos}. */
    void addRun(long nanos) {
        runs.add(nanos);
    }

    private void waited(long nanos) {
        long wait = nanos > 0 ? nanos : 0;
        waits.add(wait);
        skip = wait < SHORT_LIMIT ? SKIP : 0;
    }

    /** Age of the waiting sample in nanoseconds at {@code now}, 0 if none waits. The oldest task is at least as old. */
    public long sampleAge(long now) {
        promote(now);
        return hasSample() ? Math.max(0L, now - sample.since()) : 0L;
    }

    /** {@link System#nanoTime()} at which the waiting sample was queued, 0 if none waits. */
    public long sampleSince() {
        if (!newest.isEmpty()) {
            promote(System.nanoTime());
        }
        return hasSample() ? sample.since() : 0L;
    }

    private boolean hasSample() {
        return sample.hasTask() && !(counting && left >= sample.place());
    }

    /** Whether a task or borrower that waits, or waited a moment ago, is remembered here. */
    public boolean holdsTask() {
        StallsightConnectionPool lent = connections;
        return !sample.isEmpty() || !newest.isEmpty() || lent != null && lent.hasBorrower();
    }

    /** Holds tasks that wait for long weakly from here on. The engine calls it now and then. */
    public void loosen(long now) {
        sample.loosen(now);
        newest.loosen(now);
        StallsightLimit permits = limit;
        if (permits != null) {
            permits.forgetEnded(now);
        }
    }

    /** Forgets its tasks: no engine will ask for them. */
    void forgetTasks() {
        newest.clear();
        sample.clear();
    }

    /**
     * {@link System#nanoTime()} at which the last taken task was due, if it was long overdue; else 0. Tasks that are
     * due at a time are seen only when they are taken.
     */
    public long lateSince() {
        return lateSince;
    }

    /** The executor refused a task, which waits no longer. */
    void reject(Object task) {
        rejected++;
        if (task == null) {
            return;
        }
        if (counting) {
            rejectCounted();
        } else if (sample.holds(task)) {
            sample.clear();
        } else {
            newest.forget(task);
        }
    }

    /** Makes the next queued task the sample, if there is none. The engine calls it when tasks wait. */
    public void sampleNext() {
        skip = 0;
    }

    /** The sample, or null if none waits. */
    public Object sample() {
        return sample.task();
    }

    /** {@code lost} left the queue otherwise than by a worker: it is not the sample any more. */
    public void dropSample(Object lost) {
        sample.forget(lost);
    }
}
