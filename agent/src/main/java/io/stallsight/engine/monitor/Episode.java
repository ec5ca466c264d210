package io.stallsight.engine.monitor;

import io.stallsight.engine.detect.SlowTick;
import io.stallsight.engine.detect.ThreadTimes;
import io.stallsight.hook.StallsightThread;
import io.stallsight.hook.StallsightTicks;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A loop that is late, or about to be: what the watch has gathered of it. Used by the watching thread. */
final class Episode {

    /** One look at the stack of the loop. */
    record Sample(List<StackTraceElement> stack, Thread.State state) {}

    private static final int MOST_SAMPLES = 300;

    final Thread thread;

    /** Null if the watch did not see the loop while it was late. */
    final @Nullable StallsightThread state;

    final StallsightTicks loop;

    /** Whether the loop is late because of its queue, with ticks that are short. */
    final boolean backlog;

    /** Start of the tick, or when the task was queued that waits. */
    final long start;

    /** When {@link #times} and {@link #throttled} were read. */
    final long firstSeen;

    final @Nullable ThreadTimes times;
    final long tasksAtFirst;
    final List<Sample> samples = new ArrayList<>();
    long throttled = -1;
    long lastSample;
    long lastTold;
    long lastSeen;
    long id;
    long waiting;

    /** How long the loop was seen without beginning a new task, at the most. */
    long longestStill;

    @Nullable
    ThreadInfo lock;

    @Nullable
    ThreadInfo owner;

    private long lastTasks;
    private long stillSince;

    Episode(
            Thread thread,
            @Nullable StallsightThread state,
            StallsightTicks loop,
            boolean backlog,
            long start,
            long now) {
        this.thread = thread;
        this.state = state;
        this.loop = loop;
        this.backlog = backlog;
        this.start = start;
        this.firstSeen = now;
        this.lastSeen = now;
        this.times = state == null ? null : ThreadTimes.of(loop.nativeId);
        this.tasksAtFirst = loop.tasks;
        this.lastTasks = tasksAtFirst;
        this.stillSince = start;
    }

    /** Whether the loop still is where the episode began. */
    boolean goesOn() {
        return backlog ? loop.queue != null && loop.queue.sampleSince() == start : loop.start == start;
    }

    boolean isOf(SlowTick tick) {
        return !backlog && tick.loop() == loop && tick.start() == start;
    }

    void seen(long now) {
        long tasks = loop.tasks;
        if (tasks != lastTasks) {
            lastTasks = tasks;
            stillSince = now;
        }
        longestStill = Math.max(longestStill, now - stillSince);
        lastSeen = now;
    }

    void add(Sample sample) {
        if (samples.size() < MOST_SAMPLES) {
            samples.add(sample);
        }
    }

    /** Dense at first, then ever sparser: a long stall looks the same after a second. */
    long samplingPeriod() {
        int taken = samples.size();
        return taken < 30 ? 10_000_000L : taken < 100 ? 50_000_000L : 500_000_000L;
    }
}
