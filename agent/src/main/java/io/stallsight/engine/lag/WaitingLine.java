package io.stallsight.engine.lag;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * How long the oldest task of one executor has waited at least, from two of the executor's counters.
 *
 * <p><b>Problem.</b> The hooks time one task at a time. Its age falls to zero when a worker takes it, although tasks of
 * the same age still wait. A pool of two workers that gets through a long queue would look healthy every few seconds.
 *
 * <p><b>Algorithm.</b> Each look notes how many tasks have come so far: those that were begun, and those that wait. If
 * n tasks were begun by now, at least one of the first n + 1 that came still waits, in whatever order workers take
 * them. So the oldest has waited since the first look at which more than n had come. Looks at which no more than n had
 * come are forgotten.
 *
 * <p><b>Invariants.</b> The age is a lower bound, up to the time between two looks too small. It needs no identity of a
 * task, so a {@code Runnable} that is queued a thousand times is a thousand tasks.
 *
 * <p><b>Given up.</b> A task that leaves the queue without being begun counts as begun, but only if the number of tasks
 * falls by it. Where a new task replaces each removed one within a look, the age is too large by those tasks.
 *
 * <p>The idea is the cumulative flow diagram of queueing theory. Used by one thread.
 */
public final class WaitingLine {

    /** Looks that are remembered; beyond that, every second one is forgotten. */
    private static final int MAX_LOOKS = 64;

    /** From this many on, a look is remembered only if it is this part of their time later than the one before. */
    private static final int MANY_LOOKS = MAX_LOOKS / 2;

    /**
     * @param come tasks that had come by then
     * @param gone tasks that had left the queue by then
     */
    private record Look(long time, long come, long gone) {}

    private final ArrayDeque<Look> looks = new ArrayDeque<>();
    private long lastTime;
    private long lastBegun;
    private long lastCome;
    private long removed;

    /**
     * @param now on a clock that may leave out time, but never goes back
     * @param begun how many tasks workers have taken so far
     * @param waiting how many wait; not above 0 if none does, or if that is not known
     */
    public void look(long now, long begun, long waiting) {
        if (waiting <= 0 || begun < lastBegun) {
            clear();
        }
        lastTime = now;
        lastBegun = begun;
        if (waiting <= 0) {
            return;
        }
        long come = begun + removed + waiting;
        if (come < lastCome) {
            removed += lastCome - come;
            come = lastCome;
        }
        long gone = begun + removed;
        while (!looks.isEmpty() && looks.getFirst().come <= gone) {
            looks.removeFirst();
        }
        if (looks.isEmpty() || come > lastCome && isApart(now)) {
            looks.addLast(new Look(now, come, gone));
            if (looks.size() > MAX_LOOKS) {
                forgetEverySecond();
            }
        }
        lastCome = come;
    }

    private boolean isApart(long now) {
        long last = looks.getLast().time;
        return looks.size() < MANY_LOOKS || now - last >= (last - looks.getFirst().time) / MANY_LOOKS;
    }

    /** The tasks that wait have not come in the order of the looks, or that is not known: begins anew. */
    public void clear() {
        looks.clear();
        removed = 0;
        lastCome = 0;
    }

    /** As of the last look, nanoseconds; 0 if no task is known to wait. */
    public long age() {
        return looks.isEmpty() ? 0 : lastTime - looks.getFirst().time;
    }

    /** What has come and gone since the oldest task came, as of the last look. */
    public QueueTrend trend() {
        if (looks.isEmpty()) {
            return QueueTrend.NONE;
        }
        Look first = looks.getFirst();
        long gone = lastBegun + removed;
        return new QueueTrend(lastTime - first.time, lastCome - gone, lastCome - first.come, gone - first.gone);
    }

    private void forgetEverySecond() {
        boolean forget = false;
        for (Iterator<Look> all = looks.descendingIterator(); all.hasNext(); forget = !forget) {
            all.next();
            if (forget) {
                all.remove();
            }
        }
    }
}
