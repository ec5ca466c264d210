package io.stallsight.engine.fact;

import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.frame.Frames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task has waited for longer than the threshold for a worker of a pool whose workers are all busy. Durations are
 * nanoseconds.
 *
 * @param id equal for all facts about one exhaustion
 * @param start since when a task has waited at the least; see {@link Fact}
 * @param nanos so far, or until the end
 * @param oldestTask a lower bound of the age of the oldest task that waits
 * @param sites of the workers, those with most workers first
 * @param waitingForOwnTasks workers that wait for a task of the same pool
 * @param selfStarvation whether all of them do: without help the exhaustion will not end
 * @param ongoing whether the exhaustion went on when it was reported; the last fact of one is not
 * @param evidence all of that in a line for people
 * @param fix what to do about it, in one line
 */
public record PoolExhaustion(
        long id,
        String name,
        String type,
        long start,
        long nanos,
        long active,
        long size,
        long max,
        long queued,
        long capacity,
        long oldestTask,
        List<Site> sites,
        int waitingForOwnTasks,
        boolean selfStarvation,
        boolean ongoing,
        String evidence,
        String fix)
        implements Lasting {

    /**
     * Workers that do the same.
     *
     * @param frame the application's, or the innermost if there is none
     * @param doing the blocking call that they are in, {@code computing} or {@code waiting}
     * @param stack of one of them, innermost frame first
     */
    public record Site(int workers, @Nullable StackTraceElement frame, String doing, List<StackTraceElement> stack) {

        /** {@code LegacyClient.fetch <- socket read}. */
        @Override
        public String toString() {
            return frame == null
                    ? doing
                    : ClassNames.simple(frame.getClassName()) + "." + Frames.methodOf(frame) + " <- " + doing;
        }
    }

    /** The same exhaustion, which has ended after {@code duration} nanoseconds. */
    public PoolExhaustion ended(long duration) {
        return new PoolExhaustion(
                id,
                name,
                type,
                start,
                duration,
                active,
                size,
                max,
                queued,
                capacity,
                oldestTask,
                sites,
                waitingForOwnTasks,
                selfStarvation,
                false,
                evidence,
                fix);
    }

    /** The frame that most workers are in, or an empty text. */
    public String topSite() {
        StackTraceElement frame = sites.isEmpty() ? null : sites.get(0).frame();
        return frame == null ? "" : Frames.describe(frame);
    }
}
