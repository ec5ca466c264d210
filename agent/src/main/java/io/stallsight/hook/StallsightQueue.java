package io.stallsight.hook;

import java.lang.ref.WeakReference;
import java.util.concurrent.Delayed;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * How long tasks wait in the queue of one executor. No task is wrapped: now and then the identity of one that is being
 * queued is remembered with the time, and compared with those that workers take. One sample is on its way at a time, so
 * a queue that stands still shows the age of its sample. The first task of a burst says nothing of the others when an
 * idle worker takes it at once; so the newest task is remembered as well, and becomes the sample if it still waits when
 * there is no other. For tasks that are due at a time, the wait is what they are late.
 *
 * <p>Executors are found by identity in a table that is replaced when it grows. Keys are weak.
 */
public final class StallsightQueue {

    /** After a short wait this many tasks are not looked at: their clock reads would cost more than they tell. */
    public static final int SKIP = 31;

    /** A wait below that is short, nanoseconds. */
    public static final long SHORT = 1_000_000L;

    /** A wait above that is long, nanoseconds. */
    private static final long LATE = 10_000_000L;

    /** So many tasks in a millisecond are each remembered as the newest, of further ones ever fewer. */
    private static final int BURST = 16;

    private static final long BURST_NANOS = 1_000_000L;

    private static final Object CLAIMED = new Object();

    private static final AtomicReferenceFieldUpdater<StallsightQueue, Object> SAMPLE =
            AtomicReferenceFieldUpdater.newUpdater(StallsightQueue.class, Object.class, "sample");

    private static final AtomicReferenceFieldUpdater<StallsightQueue, Object> NEWEST =
            AtomicReferenceFieldUpdater.newUpdater(StallsightQueue.class, Object.class, "newest");

    private static volatile StallsightQueue[] table = new StallsightQueue[64];
    private static int size;

    public final WeakReference<Object> executor;

    private volatile Object sample;
    private long since;
    private int skip;

    private volatile Object newest;
    private long newestSince;

    /** Begin of the millisecond, how many tasks were the newest in it, and how many are still to be left out. */
    private long burst;

    private int inBurst;
    private int leftOut;

    /** When the task that was taken last was due, if that was long before; else 0. For tasks that are due at a time. */
    private long lateSince;

    /** Tasks taken by workers, or handed to new ones. Several threads write it, so it is not exact. */
    public long taken;

    /** Tasks refused. Several submitters write it, so it is not exact. */
    public long rejected;

    public final StallsightHistogram waits = new StallsightHistogram();
    public final StallsightHistogram runs = new StallsightHistogram();

    private StallsightQueue(Object executor) {
        this.executor = new WeakReference<>(executor);
    }

    /** The queue of an executor, or null if the engine has not seen it yet. */
    static StallsightQueue find(Object executor) {
        StallsightQueue[] all = table;
        int mask = all.length - 1;
        for (int i = System.identityHashCode(executor) & mask; ; i = (i + 1) & mask) {
            StallsightQueue found = all[i];
            if (found == null || found.executor.refersTo(executor)) {
                return found;
            }
        }
    }

    /** Adds an executor; the engine calls it with the guard up. */
    public static synchronized StallsightQueue add(Object executor) {
        StallsightQueue found = find(executor);
        if (found != null) {
            return found;
        }
        if (2 * (size + 1) > table.length) {
            rebuild();
        }
        StallsightQueue added = new StallsightQueue(executor);
        put(table, added);
        size++;
        return added;
    }

    /** Drops executors that are gone, and forgets all of them if {@code all} is set. */
    public static synchronized void prune(boolean all) {
        if (all) {
            size = 0;
            table = new StallsightQueue[64];
        } else {
            rebuild();
        }
    }

    private static void rebuild() {
        StallsightQueue[] old = table;
        int live = 0;
        for (StallsightQueue queue : old) {
            if (queue != null && queue.executor.get() != null) {
                live++;
            }
        }
        int length = 64;
        while (length < 4 * (live + 1)) {
            length *= 2;
        }
        StallsightQueue[] fresh = new StallsightQueue[length];
        int kept = 0;
        for (StallsightQueue queue : old) {
            if (queue != null && put(fresh, queue)) {
                kept++;
            }
        }
        size = kept;
        table = fresh;
    }

    private static boolean put(StallsightQueue[] into, StallsightQueue queue) {
        Object key = queue.executor.get();
        if (key == null) {
            return false;
        }
        int mask = into.length - 1;
        int i = System.identityHashCode(key) & mask;
        while (into[i] != null) {
            i = (i + 1) & mask;
        }
        into[i] = queue;
        return true;
    }

    /** Every queue, for the engine's threads. */
    public static synchronized StallsightQueue[] all() {
        StallsightQueue[] all = new StallsightQueue[size];
        int count = 0;
        for (StallsightQueue queue : table) {
            if (queue != null && count < all.length) {
                all[count++] = queue;
            }
        }
        return all;
    }

    /** A task is being queued, by any thread. */
    void queued(Object task) {
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
        int beyond = ++inBurst - BURST;
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
        if (task == null || task == CLAIMED || now - from < SHORT || !SAMPLE.compareAndSet(this, null, CLAIMED)) {
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
                || thread.getClass() == StallsightThread.VIRTUAL_THREAD;
    }

    /** A worker was made for this task: it does not wait. */
    void handed(Object task) {
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
    long taken(Object task) {
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
            lateSince = wait >= LATE ? now - wait : 0;
            return now;
        }
        return 0L;
    }

    /** Short waits are the sample's to tell. A long one is the end of a burst: no other task was queued meanwhile. */
    private long newestTaken(Object task) {
        long from = newestSince;
        if (!NEWEST.compareAndSet(this, task, null)) {
            return 0L;
        }
        long now = System.nanoTime();
        if (now - from < SHORT) {
            return 0L;
        }
        waited(now - from);
        return now;
    }

    private void waited(long nanos) {
        long wait = nanos > 0 ? nanos : 0;
        waits.add(wait);
        skip = wait < SHORT ? SKIP : 0;
    }

    /** Age of the sample that waits, nanoseconds at {@code now}; 0 if none does. A lower bound of the oldest task's. */
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
     * {@link System#nanoTime()} at which the task was due that was taken last, if it had waited for long; else 0. Tasks
     * that are due at a time are seen only when they are taken.
     */
    public long lateSince() {
        return lateSince;
    }

    /** A task was refused: it waits no more. */
    void rejected(Object task) {
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

    /** The next task that is queued becomes the sample, if there is none; the engine asks for it when tasks wait. */
    public void sampleNext() {
        skip = 0;
    }

    /** The task that waits, or null. */
    public Object sample() {
        Object waiting = sample;
        return waiting == CLAIMED ? null : waiting;
    }

    /** The sample was removed from its queue by other ways than a worker's. */
    public void dropSample(Object lost) {
        SAMPLE.compareAndSet(this, lost, null);
    }
}
