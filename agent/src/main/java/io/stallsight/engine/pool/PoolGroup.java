package io.stallsight.engine.pool;

import io.stallsight.engine.reflect.Gauges;
import java.util.ArrayList;
import java.util.List;

/**
 * The executors of one type whose threads have the same name: mostly one; Reactor's bounded elastic pool is as many as
 * it has threads. Used by the sampling thread.
 */
final class PoolGroup {

    final String name;
    final String type;
    final List<Pool> members = new ArrayList<>(1);

    /** How many executors of one thread there may be; {@link Gauges#UNKNOWN} if nothing bounds them. */
    long bound = Gauges.UNKNOWN;

    /** {@link System#nanoTime()} at which the group was first seen to be full, 0 if it is not. */
    long fullSince;

    /** Completed tasks of those that are full, and since when there are no more of them. */
    long completed;

    long progressAt;

    /** Of the exhaustion that is being told, 0 before. */
    long exhaustionId;

    long nextTelling;

    /** Those that are full, as of the last {@link #look}. */
    final List<Pool> full = new ArrayList<>(1);

    PoolGroup(String name, String type) {
        this.name = name;
        this.type = type;
    }

    /** Reads every member and finds those that are full. */
    boolean look() {
        full.clear();
        long active = 0;
        long queued = 0;
        for (Pool member : members) {
            if (!member.read()) {
                continue;
            }
            active += Math.max(0, member.reading.active);
            queued += Math.max(0, member.reading.queued);
            if (member.reading.isFull()) {
                full.add(member);
            }
        }
        if (bound >= 0) {
            // what waits for one member could have been given to another, or to one that does not exist yet
            boolean allBusy = active >= bound && queued > 0;
            full.clear();
            if (allBusy) {
                full.addAll(members);
            }
        }
        if (full.isEmpty()) {
            fullSince = 0;
            exhaustionId = 0;
            nextTelling = 0;
        }
        return !full.isEmpty();
    }

    /** Follows a group that is full. Returns a lower bound of how long a task has been waiting. */
    long oldest(long now) {
        long done = 0;
        long oldest = 0;
        for (Pool member : full) {
            done += member.completedSoFar();
            oldest = Math.max(oldest, member.oldest(now));
            if (member.queue.sample() == null) {
                member.queue.sampleNext();
            }
        }
        if (fullSince == 0) {
            fullSince = now;
            completed = done;
            progressAt = now;
        } else if (completed != done) {
            completed = done;
            progressAt = now;
        }
        // tasks have waited all the time, and none was taken: those that waited at its beginning still do
        return Math.max(oldest, now - progressAt);
    }
}
