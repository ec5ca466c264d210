package io.stallsight.engine.picture;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A loop was late for longer than the threshold. A later row with the same id replaces the former one.
 *
 * @param start milliseconds since 1970
 * @param nanos so far
 * @param cause name of a cause of docs/events-and-metrics.md
 * @param split nanoseconds by cause
 * @param fingerprint of the finding that the call belongs to, if a blocking call is the cause
 * @param waiting pending tasks and channels of the loop; -1 if not known
 * @param cpu nanoseconds; -1 if not known
 * @param ownerSite the application frame in which the owner of the lock was
 * @param profile the stacks that were seen, most frequent first
 */
public record StallRow(
        String id,
        String loop,
        String group,
        long start,
        long nanos,
        boolean ongoing,
        String cause,
        Map<String, Long> split,
        @Nullable String site,
        @Nullable String api,
        @Nullable String fingerprint,
        String evidence,
        String fix,
        long waiting,
        long cpu,
        long throttled,
        int samples,
        int samplesAtSite,
        long tasks,
        List<String> topTasks,
        @Nullable String owner,
        @Nullable String ownerSite,
        List<String> ownerStack,
        List<String> stack,
        List<Profile> profile) {

    /**
     * A stack that was seen of the loop.
     *
     * @param stack innermost frame first
     */
    public record Profile(int count, List<String> stack) {}

    /** When it ended, or until when it is known to have gone on; milliseconds since 1970. */
    long end() {
        return start + nanos / 1_000_000;
    }

    /** Seconds that others lost. */
    double harm() {
        return nanos / 1e9 * Math.max(waiting, 0);
    }
}
