package io.stallsight.engine.pool;

import io.stallsight.engine.thread.CpuTimes;
import io.stallsight.engine.thread.ThreadFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/**
 * How much CPU time the workers of a full pool got.
 *
 * <p><b>Problem.</b> Tasks wait, all workers are busy, and each of them computes. If other processes have the CPUs, the
 * pool is as small as the machine is busy, and no line of the application is to blame.
 *
 * <p><b>Algorithm.</b> The CPU times of the workers are read when tasks have waited for half the threshold, and once
 * more before the report. Workers that compute could have had all CPUs of the JVM, or one each. If they got less than
 * half of that, CPUs are scarce.
 *
 * <p><b>Given up.</b> Threads of the same JVM may have had the CPUs, such as those that compile. They are not the
 * pool's tasks either. Used by the sampling thread.
 */
final class WorkersCpu {

    private static final double MIN_SHARE = 0.5;
    private static final int MAX_WORKERS = 256;

    private final LongUnaryOperator cpuTimes;
    private final int cpus;
    private final Map<Long, Long> before = new HashMap<>();
    private long since;
    private boolean begun;

    WorkersCpu() {
        this(CpuTimes::of, Runtime.getRuntime().availableProcessors());
    }

    /** @param cpuTimes nanoseconds by the id of a thread, -1 if not known */
    WorkersCpu(LongUnaryOperator cpuTimes, int cpus) {
        this.cpuTimes = cpuTimes;
        this.cpus = cpus;
    }

    /** The pool is full from here on, unless it was before. */
    void begin(List<Thread> workers, long now) {
        if (begun) {
            return;
        }
        begun = true;
        since = now;
        for (int i = 0; i < Math.min(MAX_WORKERS, workers.size()); i++) {
            long id = ThreadFacts.id(workers.get(i));
            long cpu = cpuTimes.applyAsLong(id);
            if (cpu >= 0) {
                before.put(id, cpu);
            }
        }
    }

    /** The pool gets through its tasks. */
    void end() {
        begun = false;
        before.clear();
    }

    boolean isBegun() {
        return begun;
    }

    /** Whether workers that compute lacked CPUs since {@link #begin}. False if that is not known. Begins anew. */
    boolean areScarce(long now) {
        long got = 0;
        int known = 0;
        for (Map.Entry<Long, Long> each : before.entrySet()) {
            long cpu = cpuTimes.applyAsLong(each.getKey());
            if (cpu >= 0) {
                got += cpu - each.getValue();
                known++;
            }
        }
        long could = Math.min(known, cpus) * (now - since);
        end();
        return got < MIN_SHARE * could;
    }
}
