package io.stallsight.hook;

import java.lang.ref.WeakReference;
import java.util.concurrent.Delayed;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

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
 * <p><b>Invariants.</b> No lock and no allocation for a task. {@link #sample} and {@link #newest} change by
 * compare-and-set; while {@link #CLAIMED} stands in one of them, its owner writes the time. A queue that stands still
 * shows the age of its sample, a lower bound of its oldest task's.
 *
 * <p><b>Given up.</b> {@link #taken} and {@link #rejected} are written by several threads without a lock and may miss
 * some. Tasks of one burst beyond {@value #MAX_BURST} in a millisecond are remembered ever more rarely.
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

    private static final Object CLAIMED = new Object();

    private static final AtomicReferenceFieldUpdater<StallsightQueue, Object> SAMPLE =
            AtomicReferenceFieldUpdater.newUpdater(StallsightQueue.class, Object.class, "sample");

    private static final AtomicReferenceFieldUpdater<StallsightQueue, Object> NEWEST =
            AtomicReferenceFieldUpdater.newUpdater(StallsightQueue.class, Object.class, "newest");

    private final WeakReference<Object> executor;
    private final StallsightHistogram waits = new StallsightHistogram();
    private final StallsightHistogram runs = new StallsightHistogram();

    /** The task that is measured, and {@link System#nanoTime()} at which it was queued. */
    private volatile Object sample;

    private long since;

    /** The number of tasks that are not looked at before the next sample. */
    private int skip;

    /** The task that was queued last, and when. */
    private volatile Object newest;

    private long newestSince;

    /** Beginning of the millisecond, the number of newest tasks in it, and the number to leave out from here on. */
    private long burst;

    private int inBurst;
    private int leftOut;

    /** {@link System#nanoTime()} at which the last taken task was due, if it was long overdue; else 0. */
    private long lateSince;

    private long taken;
    private long rejected;

    StallsightQueue(Object executor) {
        this.executor = new WeakReference<>(executor);
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

    /** A task is being queued, by any thread. */
    void queue(Object task) {
        if (task == null || task instanceof Delayed || isLocal(task)) {
            return;
        }
        if (sample == null) {
            int left = skip;
            if (left <= 0) {
                if (SAMPLE.compareAndSet(this, null, CLAIMED)) {
                    since = System.nanoTime();
                    sample = task;
                }
                return;
            }
            skip = left - 1;
        }
        remember(task);
    }

    private void remember(Object task) {
        int left = leftOut;
        if (left > 0) {
            leftOut = left - 1;
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
        Object before = newest;
        if (before != CLAIMED && NEWEST.compareAndSet(this, before, CLAIMED)) {
            newestSince = now;
            newest = task;
        }
    }

    /** The newest task has waited for long, and there is no other sample. Called by the engine's threads. */
    private void promote(long now) {
        Object task = newest;
        long from = newestSince;
        if (task == null || task == CLAIMED || now - from < SHORT_LIMIT || !SAMPLE.compareAndSet(this, null, CLAIMED)) {
            return;
        }
        since = from;
        sample = task;
        if (!NEWEST.compareAndSet(this, task, null)) {
            SAMPLE.compareAndSet(this, task, null); // taken meanwhile, or another one is the newest
        }
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
        if (task == sample) {
            waited(System.nanoTime() - since);
            sample = null;
        } else if (task == newest) {
            NEWEST.compareAndSet(this, task, null);
        }
    }

    /**
     * A worker took a task.
     *
     * @return {@link System#nanoTime()} if this was a sample, so that its run is to be measured as well; else 0
     */
    long take(Object task) {
        taken++;
        if (task == sample) {
            long now = System.nanoTime();
            waited(now - since);
            sample = null;
            return now;
        }
        if (task == newest) {
            return newestTaken(task);
        }
        if (task instanceof Delayed) {
            int left = skip;
            if (left > 0) {
                skip = left - 1;
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
        long from = newestSince;
        if (!NEWEST.compareAndSet(this, task, null)) {
            return 0L;
        }
        long now = System.nanoTime();
        if (now - from < SHORT_LIMIT) {
            return 0L;
        }
        waited(now - from);
        return now;
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
        Object waiting = sample;
        return waiting == null || waiting == CLAIMED ? 0L : Math.max(0L, now - since);
    }

    /** {@link System#nanoTime()} at which the waiting sample was queued, 0 if none waits. */
    public long sampleSince() {
        if (newest != null) {
            promote(System.nanoTime());
        }
        Object waiting = sample;
        return waiting == null || waiting == CLAIMED ? 0L : since;
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
        if (task == sample) {
            sample = null;
        } else if (task == newest) {
            NEWEST.compareAndSet(this, task, null);
        }
    }

    /** Makes the next queued task the sample, if there is none. The engine calls it when tasks wait. */
    public void sampleNext() {
        skip = 0;
    }

    /** The sample, or null if none waits. */
    public Object sample() {
        Object waiting = sample;
        return waiting == CLAIMED ? null : waiting;
    }

    /** {@code lost} left the queue otherwise than by a worker: it is not the sample any more. */
    public void dropSample(Object lost) {
        SAMPLE.compareAndSet(this, lost, null);
    }
}
