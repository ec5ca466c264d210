package io.stallsight.engine.stall;

import io.stallsight.engine.fact.Cause;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The time of a stall, divided among its causes; nanoseconds.
 *
 * <p><b>Problem.</b> The amounts of the causes come from different clocks and overlap, so their sum may exceed the
 * stall.
 *
 * <p><b>Algorithm.</b> {@link StallAnalysis} gives amounts in order, the most reliable first. Each cause gets at most
 * the time that is left. Where nothing was measured, a cause gets the share of the samples in a thread state. At the
 * end two rules rename parts: if a native method is on top of most samples, computing is native code; if many tasks ran
 * and none of them was long, computing is many small tasks.
 *
 * <p><b>Invariant.</b> The parts never exceed the stall, and no nanosecond counts twice.
 *
 * <p><b>Given up.</b> An error of an early amount shortens the later ones.
 */
final class TimeSplit {

    /** Fewer tasks are not many. */
    static final int MIN_MANY = 10;

    /** Tasks are small if longer ones took at most this share of the computing. */
    private static final double MAX_SHARE_OF_LONG_TASKS = 0.25;

    private static final int MIN_NATIVE = 2;

    private final Map<Cause, Long> parts = new EnumMap<>(Cause.class);
    private final long nanos;
    private long rest;

    TimeSplit(long nanos) {
        this.nanos = nanos;
        this.rest = nanos;
    }

    /** The time that no cause has yet. */
    long rest() {
        return rest;
    }

    void give(Cause cause, long amount) {
        give(cause, amount, rest);
    }

    /** @param max the part is at most this, and at most the rest */
    void give(Cause cause, long amount, long max) {
        long part = Math.max(0, Math.min(amount, Math.min(max, rest)));
        rest -= part;
        add(cause, part);
    }

    /** Gives the share of the rest that samples in these thread states have. */
    void giveShare(Cause cause, List<LoopSamples.Sample> samples, Thread.State... states) {
        give(cause, share(samples, rest, states));
    }

    private static long share(List<LoopSamples.Sample> samples, long of, Thread.State... states) {
        long sum = 0;
        for (Thread.State state : states) {
            int count = 0;
            for (LoopSamples.Sample sample : samples) {
                if (sample.state() == state) {
                    count++;
                }
            }
            sum += count == 0 ? 0 : of * count / samples.size();
        }
        return sum;
    }

    /**
     * If a native method is on top of most stacks, time on the CPU or unexplained time is native. One sample says
     * nothing. Returns whether it is.
     *
     * @param thatMayBlame the samples that may blame a line
     * @param all the number of all samples
     */
    boolean moveNative(List<LoopSamples.Sample> thatMayBlame, int all) {
        int inNative = 0;
        for (LoopSamples.Sample sample : thatMayBlame) {
            if (sample.state() == Thread.State.RUNNABLE
                    && !sample.stack().isEmpty()
                    && sample.stack().get(0).isNativeMethod()) {
                inNative++;
            }
        }
        boolean isNative = 2 * inNative > all && inNative >= MIN_NATIVE;
        if (isNative) {
            add(Cause.NATIVE, take(Cause.CPU) + take(Cause.UNKNOWN));
        }
        return isNative;
    }

    /**
     * If one task after the other ran and hardly any was long, CPU time counts as many small tasks.
     *
     * @param tasks that the loop has begun, 0 if that is not known
     * @param inLongTasks nanoseconds in tasks that were long; pauses and waits lengthen a task as well
     */
    void moveSmallTasks(long tasks, long inLongTasks) {
        long computed = part(Cause.CPU);
        long other = nanos - computed;
        if (tasks >= MIN_MANY && inLongTasks - other <= MAX_SHARE_OF_LONG_TASKS * computed) {
            moveSmallTasks();
        }
    }

    /** CPU time counts as many small tasks. */
    void moveSmallTasks() {
        add(Cause.MANY_SMALL_TASKS, take(Cause.CPU));
    }

    /** The time of a cause, of which no line of the application is to blame, is unexplained. */
    void moveToUnknown(Cause cause) {
        add(Cause.UNKNOWN, take(cause));
    }

    long part(Cause cause) {
        return parts.getOrDefault(cause, 0L);
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
