package io.stallsight.engine.fact;

import io.stallsight.engine.catalog.ClassNames;
import io.stallsight.frame.Frames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every worker of a pool has been busy, with tasks waiting, for longer than the threshold. Durations are nanoseconds.
 *
 * @param id equal for all that is told of one exhaustion
 * @param start when it was first seen; see {@link Fact}
 * @param nanos so far
 * @param oldestTask a lower bound of the age of the oldest task that waits
 * @param sites what the workers do, most frequent first
 * @param waitingForOwnTasks workers that wait for a task of the same pool
 * @param selfStarvation all of them do: without help it will not end
 * @param evidence all of that in a line for people
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
        String evidence,
        String advice)
        implements Lasting {

    /**
     * Workers that do the same.
     *
     * @param frame the application's, or the innermost if there is none
     * @param doing the blocking call that they are in, or what else they do
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

    /** The frame that most workers are in, or an empty text. */
    public String topSite() {
        StackTraceElement frame = sites.isEmpty() ? null : sites.get(0).frame();
        return frame == null ? "" : Frames.describe(frame);
    }
}
