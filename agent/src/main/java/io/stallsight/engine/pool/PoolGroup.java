package io.stallsight.engine.pool;

import io.stallsight.engine.fact.PoolKind;
import io.stallsight.engine.reflect.Gauges;
import java.util.ArrayList;
import java.util.List;

/**
 * The executors of one type whose threads have the same name: mostly one; Reactor's bounded elastic pool is as many as
 * it has threads. Used by the sampling thread.
 */
final class PoolGroup {

    private final String name;
    private final String type;
    private final PoolKind kind;
    private final Exhaustion exhaustion;
    private final Patience patience;
    private final WorkersCpu cpu = new WorkersCpu();
    private final List<Pool> members = new ArrayList<>(1);
    private final List<Pool> full = new ArrayList<>(1);
    private long bound = Gauges.UNKNOWN;

    /** @param threshold how old a waiting task is in an exhausted pool, nanoseconds */
    PoolGroup(String name, String type, PoolKind kind, long threshold) {
        this.name = name;
        this.type = type;
        this.kind = kind;
        this.exhaustion = new Exhaustion(threshold);
        this.patience = new Patience(threshold);
    }

    String name() {
        return name;
    }

    String type() {
        return type;
    }

    PoolKind kind() {
        return kind;
    }

    Exhaustion exhaustion() {
        return exhaustion;
    }

    /** What its workers get of the CPUs, while tasks wait. */
    WorkersCpu cpu() {
        return cpu;
    }

    /** The oldest task has waited for {@code age}; {@code suspicious} nanoseconds may become an exhaustion. */
    void followCpu(long age, long suspicious, long now) {
        if (age < suspicious) {
            cpu.end();
        } else if (!cpu.isBegun() && kind == PoolKind.THREADS) {
            List<Thread> workers = new ArrayList<>();
            full.forEach(member -> workers.addAll(member.threads()));
            cpu.begin(workers, now);
        }
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

    /**
     * Reads every member, and finds those that are full.
     *
     * @param turns a member in which no task waits is read in one of so many calls
     */
    void read(long clock, int turns) {
        full.clear();
        long active = 0;
        long queued = 0;
        for (Pool member : members) {
            if (!member.readInTurn(clock, turns)) {
                continue;
            }
            active += Math.max(0, member.reading().active());
            queued += Math.max(0, member.reading().queued());
            if (member.isFull()) {
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
    }

    /** Whether the hooks remember a task that waits in one of them, or waited a moment ago. */
    boolean holdsTask() {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).holdsTask()) {
                return true;
            }
        }
        return false;
    }

    /** The members that were full at the last {@link #read}. */
    List<Pool> full() {
        return full;
    }

    boolean isFull() {
        return !full.isEmpty();
    }

    /**
     * How long the oldest task of the full members has waited for certain, nanoseconds; 0 if none is full. Before an
     * exhaustion has begun, tasks that may wait do not count.
     */
    long age(long now) {
        long oldest = 0;
        for (Pool member : full) {
            long age = member.age(now);
            if (age > oldest && (exhaustion.isGoingOn() || !patience.covers(member, age, isOneThread(member)))) {
                oldest = age;
            }
            member.sampleTask();
        }
        return oldest;
    }

    /** Whether all tasks of a member run on one thread, one after the other. */
    private boolean isOneThread(Pool member) {
        return kind == PoolKind.THREADS && member.reading().max() == 1 && !isBounded();
    }

    /** Whether tasks that have waited for {@code age} may wait for the only thread, which sleeps. */
    boolean maySleep(long age) {
        return full.stream().allMatch(this::isOneThread) && patience.isLongEnough(age);
    }
}
