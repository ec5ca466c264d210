package io.stallsight.engine.fact;

import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.frame.Frames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task has waited for longer than the threshold for a worker of a pool whose workers are all busy. Durations are
 * nanoseconds.
 *
 * @param id equal for all facts about one exhaustion
 * @param kind what the pool has; of a pool of connections, its holders are the workers
 * @param start since when a task has waited at the least; see {@link Fact}
 * @param nanos so far, or until the end
 * @param oldestTask a lower bound of the age of the oldest task that waits
 * @param sites of the workers, those with most workers first
 * @param waiters threads that wait for a connection, those lines with most of them first; of a pool of threads none
 * @param requests that the workers serve, most first; empty if none is known
 * @param waitingRequests of the threads that wait for a connection, most first; empty if none is known
 * @param waitingForOwnTasks workers that wait for a task of the same pool, or holders for another connection of it
 * @param busy the number of workers that were seen
 * @param ongoing whether the exhaustion went on when it was reported; the last fact of one is not
 * @param obstacle what keeps the workers from the tasks
 */
public record PoolExhaustion(
        long id,
        String name,
        String type,
        PoolKind kind,
        long start,
        long nanos,
        long active,
        long size,
        long max,
        long queued,
        long capacity,
        long oldestTask,
        List<Site> sites,
        List<Site> waiters,
        List<RequestCount> requests,
        List<RequestCount> waitingRequests,
        int waitingForOwnTasks,
        int busy,
        boolean ongoing,
        PoolObstacle obstacle)
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

        /** {@code LegacyClient.fetch:20 (socket read)}; without a frame, what they do. */
        String place() {
            return frame == null ? doing : Frames.brief(frame) + " (" + doing + ")";
        }
    }

    /** The same exhaustion, which has ended after {@code duration} nanoseconds. */
    public PoolExhaustion ended(long duration) {
        return new PoolExhaustion(
                id,
                name,
                type,
                kind,
                start,
                duration,
                active,
                size,
                max,
                queued,
                capacity,
                oldestTask,
                sites,
                waiters,
                requests,
                waitingRequests,
                waitingForOwnTasks,
                busy,
                false,
                obstacle);
    }

    /** Whether all workers wait for tasks of the same pool. */
    public boolean selfStarvation() {
        return obstacle == PoolObstacle.OWN_TASKS;
    }

    /** What the workers are in, in a line for people: {@code 8 of 8 in LegacyClient.fetch <- socket read}. */
    public String evidence() {
        return kind.isLent() ? holders() : workers();
    }

    private String workers() {
        List<String> groups = new ArrayList<>();
        for (Site site : sites) {
            groups.add(site.workers() + " of " + busy + " in " + site);
        }
        return String.join(", ", groups)
                + (waitingForOwnTasks > 0 ? "; " + waitingForOwnTasks + " wait for tasks of this pool" : "");
    }

    /** {@code 3 of 3 held by Report.build:41 (socket read, for 8 s); waiting are 2 at Report.read:70 (for 7.5 s)}. */
    private String holders() {
        List<String> groups = new ArrayList<>();
        for (Site site : sites) {
            groups.add(site.workers() + " of " + busy + " held by " + site.place());
        }
        List<String> waiting = new ArrayList<>();
        for (Site site : waiters) {
            waiting.add(site.workers() + " at " + site.place());
        }
        return String.join(", ", groups) + (waiting.isEmpty() ? "" : "; waiting are " + String.join(", ", waiting));
    }

    /**
     * The requests of the workers, and of those who wait for a connection, in a line for people: {@code 3 POST /report;
     * waiting are 9 GET /orders/{id}, 3 GET /hello}. Empty if none is known.
     */
    public String requestsText() {
        String waiting = waitingRequests.isEmpty() ? "" : "waiting are " + RequestCount.text(waitingRequests);
        return requests.isEmpty() || waiting.isEmpty()
                ? RequestCount.text(requests) + waiting
                : RequestCount.text(requests) + "; " + waiting;
    }

    /** The evidence, and the requests if some are known, in a line for people. */
    public String details() {
        String known = requestsText();
        return known.isEmpty() ? evidence() : evidence() + "; requests: " + known;
    }

    /** What to do about it, in one line. */
    public String fix() {
        return kind.isLent() ? fixOfHolders() : fixOfWorkers();
    }

    private String fixOfPermits() {
        return switch (obstacle) {
            case OWN_TASKS ->
                "its holders wait for another permit of the same limit; acquire all that the work needs at once, or let"
                        + " inner work use the permit of the outer";
            case NOT_RETURNED ->
                "threads that acquired a permit have ended, or have gone on to other work; release each permit in a"
                        + " finally block";
            case COMPUTING -> "its holders compute; release the permit before, or acquire it after that";
            case QUEUE_NOT_FULL, WAITING, NOT_OPENED ->
                "its holders wait; make the call faster or give it a timeout, and let callers give up (tryAcquire with"
                        + " a timeout), before giving the limit more permits";
        };
    }

    private String fixOfHolders() {
        if (kind == PoolKind.PERMITS) {
            return fixOfPermits();
        }
        return switch (obstacle) {
            case OWN_TASKS ->
                "its holders wait for another connection of the same pool; let them use the one that they have, or give"
                        + " it back first";
            case NOT_RETURNED ->
                "threads that borrowed a connection have ended, or have gone on to other work; close each connection in a"
                        + " try-with-resources";
            case NOT_OPENED ->
                "it has " + size + " connections and may have " + max
                        + "; find out why it gets no more: the limit of the server, or slow logins";
            case COMPUTING -> "its holders compute; give the connection back before, or borrow it after that";
            case QUEUE_NOT_FULL, WAITING ->
                "its holders wait; make the call faster or give it a timeout, and hold no connection while waiting for"
                        + " something else, before giving the pool more connections";
        };
    }

    private String fixOfWorkers() {
        return switch (obstacle) {
            case OWN_TASKS ->
                "its workers wait for tasks that wait for a worker; give the inner tasks a pool of their own, or"
                        + " compose the futures instead of waiting for them";
            case QUEUE_NOT_FULL ->
                "it stays at " + size + " threads, as a pool grows to its maximum (" + max
                        + ") only when its queue is full; bound the queue, or raise the core size";
            case COMPUTING -> "its workers compute; more threads than CPUs would not help, less work would";
            case WAITING, NOT_RETURNED, NOT_OPENED ->
                "its workers wait; give the call a timeout, and start no more at once than the other side bears,"
                        + " before giving the pool more threads";
        };
    }

    /** The frame that most workers are in, or an empty text. */
    public String topSite() {
        StackTraceElement frame = sites.isEmpty() ? null : sites.get(0).frame();
        return frame == null ? "" : Frames.describe(frame);
    }
}
