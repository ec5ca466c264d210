package io.stallsight.engine.stall;

import io.stallsight.engine.fact.Cause;
import java.util.EnumMap;
import java.util.Map;

/** The time of a stall, divided among its causes. What one has got the next cannot get any more; nanoseconds. */
final class TimeSplit {

    /** Many small tasks are at least so many. */
    private static final int MANY = 10;

    private static final long SMALL_TASK = 30_000_000L;

    private final Map<Cause, Long> parts = new EnumMap<>(Cause.class);
    private final long nanos;
    private long rest;

    TimeSplit(long nanos) {
        this.nanos = nanos;
        this.rest = nanos;
    }

    /** What no cause has got so far. */
    long rest() {
        return rest;
    }

    void give(Cause cause, long amount) {
        give(cause, amount, rest);
    }

    /** @param most not more than that, and never more than what is left */
    void give(Cause cause, long amount, long most) {
        long part = Math.max(0, Math.min(amount, Math.min(most, rest)));
        rest -= part;
        add(cause, part);
    }

    /** Gives the share that samples with a thread's state have of what is left. */
    void giveShare(Cause cause, Episode episode, Thread.State... states) {
        give(cause, share(episode, rest, states));
    }

    private static long share(Episode episode, long of, Thread.State... states) {
        long sum = 0;
        for (Thread.State state : states) {
            int count = 0;
            for (LoopSamples.Sample sample : episode.samples().all()) {
                if (sample.state() == state) {
                    count++;
                }
            }
            sum += count == 0 ? 0 : of * count / episode.samples().all().size();
        }
        return sum;
    }

    /** Time on the CPU or unexplained, with a native method on top of the stacks: it is that method's. */
    void moveNative(Episode episode) {
        int inNative = 0;
        for (LoopSamples.Sample sample : episode.samples().all()) {
            if (sample.state() == Thread.State.RUNNABLE
                    && !sample.stack().isEmpty()
                    && sample.stack().get(0).isNativeMethod()) {
                inNative++;
            }
        }
        if (2 * inNative > episode.samples().all().size()) {
            add(Cause.NATIVE, take(Cause.CPU) + take(Cause.UNKNOWN));
        }
    }

    /** CPU time that went to one task after the other, none of which was long. */
    void moveSmallTasks(Episode episode, long tasks) {
        if (tasks >= MANY && episode.longestStill() <= Math.max(SMALL_TASK, nanos / 4)) {
            add(Cause.MANY_SMALL_TASKS, take(Cause.CPU));
        }
    }

    private void add(Cause cause, long amount) {
        if (amount > 0) {
            parts.merge(cause, amount, Long::sum);
        }
    }

    private long take(Cause cause) {
        Long taken = parts.remove(cause);
        return taken == null ? 0 : taken;
    }

    Cause largest() {
        Cause largest = Cause.UNKNOWN;
        long most = 0;
        for (Map.Entry<Cause, Long> part : parts.entrySet()) {
            if (part.getValue() > most) {
                most = part.getValue();
                largest = part.getKey();
            }
        }
        return largest;
    }

    Map<Cause, Long> parts() {
        return parts;
    }
}
