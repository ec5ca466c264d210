package io.stallsight.engine.stall;

import io.stallsight.engine.fact.Cause;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.fact.Victims;
import io.stallsight.text.DurationText;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Stall} of a time in which ready virtual threads waited for a carrier. What was measured goes before
 * what was sampled, as in {@link StallAnalysis}. The times are those of a carrier on average.
 */
final class SchedulerAnalysis {

    private final StallCulprits culprits;
    private final LongSupplier ids;

    SchedulerAnalysis(StallCulprits culprits, LongSupplier ids) {
        this.culprits = culprits;
        this.ids = ids;
    }

    /**
     * The stall, or null if no virtual thread is known to have held up others.
     *
     * @param cpu time of the carriers on average, nanoseconds; -1 if not known
     * @param lasting a stall without a line to blame is reported if it is as long, nanoseconds
     */
    @Nullable
    Stall analyse(SchedulerEpisode of, long end, boolean ongoing, long cpu, Pauses.Sum paused, long lasting) {
        long nanos = end - of.start();
        List<LoopSamples.Sample> samples = of.samples();
        TimeSplit split = new TimeSplit(nanos);
        split.give(Cause.GC_PAUSE, paused.gc());
        split.give(Cause.SAFEPOINT, paused.safepoint());
        split.give(Cause.NOT_SCHEDULED, paused.gap(), cpu < 0 ? split.rest() : Math.max(0, split.rest() - cpu));
        split.give(Cause.CPU, cpu);
        split.giveShare(Cause.LOCK, samples, Thread.State.BLOCKED);
        split.giveShare(Cause.BLOCKING_CALL, samples, Thread.State.WAITING, Thread.State.TIMED_WAITING);
        boolean isNative = split.moveNative(culprits.thatMayBlameForWork(samples), samples.size());
        if (cpu >= 0 && !isNative) {
            split.giveShare(Cause.NOT_SCHEDULED, samples, Thread.State.RUNNABLE);
        }
        split.give(isNative ? Cause.NATIVE : Cause.UNKNOWN, split.rest());
        boolean areMany = of.areMany();
        if (areMany) {
            split.moveSmallTasks();
        }
        Cause cause = cause(split, paused);
        boolean mustEnd = of.isReported();
        if (!mustEnd && (of.hadFreeCarrier() || cause == Cause.NOT_SCHEDULED && isGuess(split, paused))) {
            return null; // no virtual thread held up others: the carriers themselves got no CPU
        }
        StallCulprits.Culprit culprit =
                cause.hasSite() && !areMany ? culprits.culprit(samples, cause, split.part(cause)) : null;
        StackTraceElement site = culprit == null ? null : culprit.site();
        if (!mustEnd && site == null && !cause.isNobodys() && nanos < lasting) {
            return null; // work of many for a moment, or code that ran for the first time
        }
        return new Stall(
                of.id(ids),
                0,
                Scheduler.NAME,
                Scheduler.NAME,
                of.start(),
                nanos,
                ongoing,
                cause,
                split.parts(),
                site,
                culprit == null ? null : culprits.api(cause, culprit),
                samples.size(),
                culprit == null || site == null ? 0 : culprit.count(),
                false,
                culprit == null ? List.of() : culprit.stack(),
                null,
                null,
                List.of(),
                cpu,
                0,
                -1,
                areMany ? culprits.topTasks(samples) : List.of(),
                StallCulprits.profile(samples),
                of.waiting(),
                detail(of),
                Request.UNKNOWN,
                Victims.NONE,
                0);
    }

    /** The largest part. Computing goes before time without a CPU, unless that is measured or twice as long. */
    private static Cause cause(TimeSplit split, Pauses.Sum paused) {
        Cause largest = split.largest();
        boolean computed = 2 * split.part(Cause.CPU) >= split.part(Cause.NOT_SCHEDULED);
        return largest == Cause.NOT_SCHEDULED && isGuess(split, paused) && computed ? Cause.CPU : largest;
    }

    /** Whether most of the time without a CPU was not measured, but is what was left. */
    private static boolean isGuess(TimeSplit split, Pauses.Sum paused) {
        return 2 * paused.gap() < split.part(Cause.NOT_SCHEDULED);
    }

    /** {@code virtual thread orders-3 was on ForkJoinPool-1-worker-2 in 12 samples}. */
    private static String detail(SchedulerEpisode of) {
        Map.Entry<Thread, SchedulerEpisode.Mounted> longest = of.longest();
        String waited = "ready virtual threads waited for up to " + DurationText.of(of.age());
        if (longest == null || of.areMany()) {
            return waited;
        }
        Thread thread = longest.getKey();
        String name =
                thread.getName().isEmpty() ? "a virtual thread without a name" : "virtual thread " + thread.getName();
        return waited + "; " + name + " was on " + longest.getValue().carrier.getName() + " in "
                + longest.getValue().count + " of " + of.rounds() + " looks";
    }
}
