package io.stallsight.engine.stall;

import io.stallsight.engine.detect.Glimpses;
import io.stallsight.engine.thread.ThreadFacts;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightQueue;
import io.stallsight.hook.StallsightThread;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The loops that are late at the moment, or about to be: one episode each. A loop gets one when its tick, or the task
 * that waits for it, is 10 ms old, long before that is a stall. Used by the watching thread.
 */
final class LateLoops {

    private static final long SUSPICIOUS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Older than one look: what is so old may be late at the next one. */
    private static final long SOON_SUSPICIOUS = SUSPICIOUS / 2;

    private final Glimpses glimpses;
    private final LoopTimes times;
    private final IdentityHashMap<Thread, Episode> episodes = new IdentityHashMap<>();

    /** The queue of the last idle loop in this look. */
    private @Nullable StallsightQueue lastIdle;

    LateLoops(Glimpses glimpses, LoopTimes times) {
        this.glimpses = glimpses;
        this.times = times;
    }

    boolean isLate(Thread thread) {
        return !episodes.isEmpty() && episodes.containsKey(thread);
    }

    /** In which the caller may remove those that are over. */
    Collection<Episode> episodes() {
        return episodes.values();
    }

    /**
     * Looks at one loop.
     *
     * @param threshold of stalls, nanoseconds
     * @return whether the loop is late, or may be so at the next look
     */
    boolean look(StallsightThread state, StallsightLoop loop, long now, long threshold) {
        loop.seen(now);
        long start = loop.start();
        boolean busy = loop.inTick();
        if (busy) {
            state.traced().look();
        }
        Episode episode = episodes.isEmpty() ? null : episodes.get(state.thread());
        if (episode != null && (!episode.isBacklog() || start == 0 || now - start < threshold)) {
            return true;
        }
        if (start != 0 && now - start >= SUSPICIOUS) {
            if (!loop.isExempt()) {
                considerTick(state, loop, start, now);
            }
            return true;
        }
        boolean soonLate = start != 0 && now - start >= SOON_SUSPICIOUS;
        StallsightQueue queue = loop.queue();
        if (queue == null) {
            return soonLate;
        }
        if (!busy && episode == null) {
            ofIdleLoop(queue, now, threshold);
            return soonLate;
        }
        dropDone(queue);
        long since = queue.sampleSince();
        if (episode == null && since != 0 && now - since >= SUSPICIOUS) {
            begin(state, loop, Episode.Form.QUEUED, since, now);
        } else if (!busy) {
            dropTakenBack(queue, since, now, threshold);
        }
        long late = queue.lateSince();
        if (late != 0 && loop.slowEnd() != 0 && loop.slowEnd() - late > 0) {
            late = loop.slowEnd(); // that the task waited for a long tick has been reported
        }
        if (late != 0 && now - late >= SUSPICIOUS && busy && !isLate(state.thread())) {
            begin(state, loop, Episode.Form.DUE, late, now);
        }
        return soonLate || late != 0 || since != 0 && now - since >= SOON_SUSPICIOUS;
    }

    private void considerTick(StallsightThread state, StallsightLoop loop, long start, long now) {
        switch (glimpses.mayBlock(state, start, now)) {
            case NO -> begin(state, loop, Episode.Form.TICK, start, now);
            case ASKED -> {} // until the next look
            case YES, UNKNOWN -> {
                if (loop.start() == start) {
                    loop.exempt(); // its library has lent the thread to work that may block, or does not say
                }
            }
        }
    }

    /** All loops have been looked at: no queue is kept, as it may hold a task of an application that goes. */
    void lookEnds() {
        lastIdle = null;
    }

    /** Of thousands of idle workers, all may have the same queue. */
    private void ofIdleLoop(StallsightQueue queue, long now, long threshold) {
        if (queue != lastIdle) {
            lastIdle = queue;
            dropDone(queue);
            dropTakenBack(queue, queue.sampleSince(), now, threshold);
        }
    }

    /** A thread that joined the task ran it itself. */
    private static void dropDone(StallsightQueue queue) {
        if (queue.sample() instanceof ForkJoinTask<?> task && task.isDone()) {
            queue.dropSample(task);
        }
    }

    /** The loop waits for work: a task that has waited for long was taken back. */
    private static void dropTakenBack(StallsightQueue queue, long since, long now, long threshold) {
        if (since != 0 && now - since >= threshold) {
            queue.dropSample(queue.sample());
        }
    }

    private void begin(StallsightThread state, StallsightLoop loop, Episode.Form form, long start, long now) {
        episodes.put(
                state.thread(),
                new Episode(
                        state.thread(),
                        ThreadFacts.name(state.thread()),
                        state,
                        loop,
                        form,
                        start,
                        now,
                        loop.busy(),
                        times.before(state.thread(), start)));
    }
}
