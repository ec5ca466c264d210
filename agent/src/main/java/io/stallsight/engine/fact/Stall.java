package io.stallsight.engine.fact;

import io.stallsight.frame.Frames;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A loop was late for longer than the threshold.
 *
 * @param id equal for all facts about one stall
 * @param threadId of the loop's thread, as {@code Thread.threadId()} has it
 * @param start see {@link Fact}
 * @param nanos so far
 * @param ongoing whether it goes on: another fact follows then
 * @param cause the one that took most of the time
 * @param split how the time divides among the causes, nanoseconds
 * @param site the application frame to blame, null where none is ({@link Cause#hasSite})
 * @param api the blocking call, if one is the cause
 * @param samples the number of stacks that were taken of the loop
 * @param samplesAtSite how many of these have the method of the site
 * @param reduced whether fewer stacks were taken than usual, as they would have kept the application from running
 * @param stack the one that was sampled most, innermost frame first
 * @param owner name of the thread that held the lock
 * @param ownerSite the application frame in which the owner was, null if there is none
 * @param ownerStack of the owner, innermost frame first
 * @param throttled by the container's CPU limit while the loop was late, in all of the process, nanoseconds; part of
 *     {@link Cause#NOT_SCHEDULED}
 * @param profile the sampled stacks, most frequent first
 * @param cpu time of the thread on a CPU, nanoseconds; -1 if not known
 * @param tasks that the loop began in the stall; -1 if not known
 * @param topTasks classes of the tasks that were sampled most, for many small tasks
 * @param waiting tasks that waited in the loop's queue, and I/O events that waited for the loop; -1 if not known
 * @param detail what else its source says of it: the operation inside of the blocking call, or how a recording shows
 *     the stall; may be empty
 * @param request that the loop served longest in the stall
 * @param victims requests that stood still behind it; not known while it goes on
 * @param context the test or request that the loop worked for, 0 if for several or if it is not known; see
 *     {@link io.stallsight.hook.StallsightContexts}
 */
public record Stall(
        long id,
        long threadId,
        String threadName,
        String loopGroup,
        long start,
        long nanos,
        boolean ongoing,
        Cause cause,
        Map<Cause, Long> split,
        @Nullable StackTraceElement site,
        @Nullable String api,
        int samples,
        int samplesAtSite,
        boolean reduced,
        List<StackTraceElement> stack,
        @Nullable String owner,
        @Nullable StackTraceElement ownerSite,
        List<StackTraceElement> ownerStack,
        long cpu,
        long throttled,
        long tasks,
        List<String> topTasks,
        List<Seen> profile,
        long waiting,
        String detail,
        Request request,
        Victims victims,
        long context)
        implements Lasting {

    /**
     * A stack that samples have in common.
     *
     * @param stack innermost frame first
     */
    public record Seen(int count, List<StackTraceElement> stack) {}

    /**
     * The same with what waited for it.
     *
     * @param queued tasks that waited in the loop's queue and do not count so far; -1 if not known
     */
    public Stall with(Victims found, long queued) {
        return new Stall(
                id,
                threadId,
                threadName,
                loopGroup,
                start,
                nanos,
                ongoing,
                cause,
                split,
                site,
                api,
                samples,
                samplesAtSite,
                reduced,
                stack,
                owner,
                ownerSite,
                ownerStack,
                cpu,
                throttled,
                tasks,
                topTasks,
                profile,
                queued < 0 ? waiting : Math.max(0, waiting) + queued,
                detail,
                request,
                found,
                context);
    }

    /**
     * Seconds that others lost: what the {@link #victims} lost if that is known of all of them. Otherwise what tasks
     * and connections lost at most: the length of the stall for each that waited.
     */
    public double harmSeconds() {
        return victims.areAllMeasured() ? victims.lostNanos() / 1e9 : nanos / 1e9 * Math.max(waiting, 0);
    }

    /** The part that the code on the loop is to blame for, nanoseconds: no pauses, no time without a CPU. */
    public long own() {
        long own = 0;
        for (Map.Entry<Cause, Long> part : split.entrySet()) {
            own += part.getKey().hasSite() ? part.getValue() : 0;
        }
        return own;
    }

    /** The part of one cause, nanoseconds. */
    public long part(Cause of) {
        return split.getOrDefault(of, 0L);
    }

    /**
     * What took most of the time: {@code Thread.sleep}, {@code computing}, {@code native code
     * (java.util.zip.CRC32.update)}.
     */
    public String what() {
        if (api == null) {
            return cause.words();
        }
        return switch (cause) {
            case BLOCKING_CALL -> api;
            case NATIVE -> cause.words() + " (" + api + ")";
            default -> cause.words();
        };
    }

    /** All that speaks for the cause, in a line for people. */
    public String evidence() {
        return StallEvidence.of(this);
    }

    /** The site as people read it; empty if there is none. */
    public String siteText() {
        return site == null ? "" : Frames.describe(site);
    }
}
