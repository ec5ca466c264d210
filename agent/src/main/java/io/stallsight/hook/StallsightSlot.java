package io.stallsight.hook;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * A task that a {@link StallsightQueue} remembers, and when it was queued. Any thread may write. The first thread to
 * claim the slot writes the time and the place, and the task last, so that a reader of the task sees both. A task that
 * waits for long is held weakly ({@link #loosen}): a pool may be shut down with tasks in its queue, and these would
 * keep their application for ever.
 */
final class StallsightSlot {

    private static final Object CLAIMED = new Object();

    /** From this age on, the slot holds its task weakly: the pool's own queue holds it as long as it waits. */
    private static final long LOOSE_AFTER = 500_000_000L;

    private static final AtomicReferenceFieldUpdater<StallsightSlot, Object> TASK =
            AtomicReferenceFieldUpdater.newUpdater(StallsightSlot.class, Object.class, "task");

    /** Stands for a task that waits for long. */
    private static final class Loose extends WeakReference<Object> {
        Loose(Object task) {
            super(task);
        }
    }

    private volatile Object task;
    private long since;
    private long place;

    StallsightSlot() {}

    boolean isEmpty() {
        return task == null;
    }

    /** {@link System#nanoTime()} at which the task was queued. */
    long since() {
        return since;
    }

    /** What {@link #fill} got. */
    long place() {
        return place;
    }

    /**
     * Remembers a task that is being queued, if the slot is empty.
     *
     * @param placeInQueue 0 if it is not known
     */
    void fill(Object newTask, long placeInQueue) {
        if (TASK.compareAndSet(this, null, CLAIMED)) {
            since = System.nanoTime();
            place = placeInQueue;
            task = newTask;
        }
    }

    /** Remembers a task that was queued at {@code now} instead of the present one, unless that is being written. */
    void replace(Object newTask, long now) {
        Object before = task;
        if (before != CLAIMED && TASK.compareAndSet(this, before, CLAIMED)) {
            since = now;
            task = newTask;
        }
    }

    /** Moves the task to another slot if that is empty and the task was queued before {@code latest}. */
    void moveTo(StallsightSlot other, long latest) {
        Object moved = task;
        long from = since;
        if (moved == null || moved == CLAIMED || from - latest > 0 || !TASK.compareAndSet(other, null, CLAIMED)) {
            return;
        }
        other.since = from;
        other.task = moved;
        if (!TASK.compareAndSet(this, moved, null)) {
            TASK.compareAndSet(other, moved, null); // taken meanwhile, or another one is here
        }
    }

    /** Whether the task is {@code candidate}. */
    boolean holds(Object candidate) {
        return isSame(candidate, task);
    }

    private static boolean isSame(Object candidate, Object remembered) {
        return candidate != null
                && (candidate == remembered || remembered instanceof Loose && ((Loose) remembered).refersTo(candidate));
    }

    /** Whether there is a task. One that was collected has left its queue otherwise than by a worker. */
    boolean hasTask() {
        Object remembered = task;
        if (remembered instanceof Loose && ((Loose) remembered).refersTo(null)) {
            TASK.compareAndSet(this, remembered, null);
            return false;
        }
        return remembered != null && remembered != CLAIMED;
    }

    /** The task, or null. */
    Object task() {
        Object remembered = task;
        if (remembered instanceof Loose) {
            return ((Loose) remembered).get();
        }
        return remembered == CLAIMED ? null : remembered;
    }

    /** Forgets the task if it is {@code candidate}. Returns whether this call did so. */
    boolean forget(Object candidate) {
        Object remembered = task;
        return isSame(candidate, remembered) && TASK.compareAndSet(this, remembered, null);
    }

    /** Forgets the task, whichever it is, unless it is being written. Returns whether this call did so. */
    boolean forgetAny() {
        Object remembered = task;
        return remembered != null && remembered != CLAIMED && TASK.compareAndSet(this, remembered, null);
    }

    /** Forgets the task, even if it is being written. */
    void clear() {
        task = null;
    }

    /** Holds a task that waits for long weakly from here on. */
    void loosen(long now) {
        Object remembered = task;
        boolean isStrong = remembered != null && remembered != CLAIMED && !(remembered instanceof Loose);
        if (isStrong && now - since >= LOOSE_AFTER) {
            TASK.compareAndSet(this, remembered, new Loose(remembered));
        }
    }
}
