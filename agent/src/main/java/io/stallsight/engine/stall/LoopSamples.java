package io.stallsight.engine.stall;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The stacks of one late loop, and what else was seen when they were taken. Used by the watching thread. */
final class LoopSamples {

    /** A stack at one moment, innermost frame first and without frames of the agent. */
    record Sample(List<StackTraceElement> stack, Thread.State state) {}

    private static final int MAX_SAMPLES = 300;

    /** Samples are dense at first, then sparser: after a second, a stall goes on to look the same. */
    private static final int DENSE_SAMPLES = 30;

    static final long DENSE_PERIOD = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int MEDIUM_SAMPLES = 100;
    private static final long MEDIUM_PERIOD = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SPARSE_PERIOD = TimeUnit.MILLISECONDS.toNanos(500);

    /** Times the usual period. */
    private static final int RARE = 4;

    private final List<Sample> samples = new ArrayList<>();
    private long last;
    private @Nullable LockOwner lockOwner;
    private boolean reduced;
    private long context;
    private boolean contextChanges;

    /** Whether a sample is due. */
    boolean isDue(long now) {
        return last == 0 || now - last >= period();
    }

    /** Whether a sample is due even if samples shall be rare. */
    boolean isDueWhileRare(long now) {
        return last == 0 || now - last >= RARE * period();
    }

    /** A sample is taken. */
    void taken(long now) {
        last = now;
    }

    /** A sample was due and is not taken: that would have cost the application too much. */
    void reduce() {
        reduced = true;
    }

    /** Whether there are fewer samples than usual. */
    boolean areReduced() {
        return reduced;
    }

    private long period() {
        int taken = samples.size();
        return taken < DENSE_SAMPLES ? DENSE_PERIOD : taken < MEDIUM_SAMPLES ? MEDIUM_PERIOD : SPARSE_PERIOD;
    }

    /** @param worksFor the context for which the loop works at the moment */
    void add(Sample sample, long worksFor) {
        contextChanges |= !samples.isEmpty() && worksFor != context;
        context = worksFor;
        if (samples.size() < MAX_SAMPLES) {
            samples.add(sample);
        }
    }

    List<Sample> all() {
        return samples;
    }

    /** The context for which the loop works in all samples; 0 if that changes. */
    long context() {
        return contextChanges ? 0 : context;
    }

    /** The thread that held the lock for which the loop waited last; null if it waited for none. */
    @Nullable
    LockOwner lockOwner() {
        return lockOwner;
    }

    void setLockOwner(LockOwner owner) {
        lockOwner = owner;
    }
}
