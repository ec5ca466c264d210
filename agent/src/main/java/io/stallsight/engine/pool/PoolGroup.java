package io.stallsight.engine.pool;

import io.stallsight.engine.reflect.Gauges;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The executors of one type whose threads have the same name: mostly one; Reactor's bounded elastic pool is as many as
 * it has threads. Knows since when the group is full, and when an exhaustion has to be reported. Used by the sampling
 * thread.
 */
final class PoolGroup {

    /** An exhaustion that goes on is reported again. */
    private static final long REPORT_PERIOD = TimeUnit.SECONDS.toNanos(10);

    private final String name;
    private final String type;
    private final List<Pool> members = new ArrayList<>(1);
    private final List<Pool> full = new ArrayList<>(1);
    private long bound = Gauges.UNKNOWN;

    private boolean isFull;
    private long fullSince;

    /** Tasks that the full members have completed, and since when they complete no more. */
    private long completed;

    private long progressAt;

    private boolean isReported;
    private long lastReport;
    private long exhaustionId;

    PoolGroup(String name, String type) {
        this.name = name;
        this.type = type;
    }

    String name() {
        return name;
    }

    String type() {
        return type;
    }

    List<Pool> members() {
        return members;
    }

    /** Another executor bounds how many executors of one thread there may be. */
    void boundBy(long executors) {
        bound = Math.max(bound, executors);
    }

    boolean isBounded() {
        return bound >= 0;
    }

    /** How many workers there may be, given the sum of the members' own numbers. */
    long max(long ofMembers) {
        return Math.max(ofMembers, bound);
    }

    /** Reads every member and finds those that are full; returns whether there are any. */
    boolean read() {
        full.clear();
        long active = 0;
        long queued = 0;
        for (Pool member : members) {
            if (!member.read()) {
                continue;
            }
            active += Math.max(0, member.reading().active());
            queued += Math.max(0, member.reading().queued());
            if (member.reading().isFull()) {
                full.add(member);
            }
        }
        if (bound >= 0) {
            // a task that waits for one member could have gone to another, or to one that does not exist yet
            boolean allBusy = active >= bound && queued > 0;
            full.clear();
            if (allBusy) {
                full.addAll(members);
            }
        }
        if (full.isEmpty()) {
            isFull = false;
            isReported = false;
            exhaustionId = 0;
        }
        return !full.isEmpty();
    }

    /** The members that were full at the last {@link #read}. */
    List<Pool> full() {
        return full;
    }

    /** Whether the group is being followed: it was full at the last {@link #read} and {@link #oldest} was called. */
    boolean isFull() {
        return isFull;
    }

    /** {@link System#nanoTime()} at which the group was first seen to be full. */
    long fullSince() {
        return fullSince;
    }

    /**
     * Follows a group that is full.
     *
     * @return a lower bound of how long a task has been waiting, nanoseconds
     */
    long oldest(long now) {
        long done = 0;
        long oldest = 0;
        for (Pool member : full) {
            done += member.completedSoFar();
            oldest = Math.max(oldest, member.oldest(now));
            member.sampleTask();
        }
        if (!isFull) {
            isFull = true;
            fullSince = now;
            completed = done;
            progressAt = now;
        } else if (completed != done) {
            completed = done;
            progressAt = now;
        }
        // tasks have waited all the time, and no worker took one: those that waited at its beginning still do
        return Math.max(oldest, now - progressAt);
    }

    /**
     * Whether the group is exhausted, and that has to be reported now: it is full, and its oldest task has waited, for
     * {@code threshold} nanoseconds. Takes it for reported.
     */
    boolean mustReport(long now, long oldest, long threshold) {
        if (now - fullSince < threshold || oldest < threshold || isReported && now - lastReport < REPORT_PERIOD) {
            return false;
        }
        isReported = true;
        lastReport = now;
        return true;
    }

    /** The number of this exhaustion: {@code fresh} if it has none yet. */
    long exhaustionId(long fresh) {
        if (exhaustionId == 0) {
            exhaustionId = fresh;
        }
        return exhaustionId;
    }
}
