package io.stallsight.engine.stall;

import io.stallsight.engine.detect.SlowTick;
import io.stallsight.engine.thread.ThreadTimes;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightQueue;
import io.stallsight.hook.StallsightThread;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A loop that is late, or about to be: what the watch has gathered of it. Used by the watching thread. */
final class Episode {

    /** One look at the stack of the loop. */
    record Sample(List<StackTraceElement> stack, Thread.State state) {}

    /** What the kernel knew of the thread at a time. */
    record TimesAt(long at, ThreadTimes times) {}

    /** Seen later than that after its start, a tick was late to be seen. */
    private static final long LATE = 30_000_000L;

    /** A call that ends that soon after a pause may have been made long by it. */
    private static final long STILL_IN_CALL = 20_000_000L;

    private static final long IN_MONITOR = 1;
    private static final int MOST_SAMPLES = 300;

    final Thread thread;

    /** Null if the watch did not see the loop while it was late. */
    final @Nullable StallsightThread state;

    final StallsightLoop loop;

    /** How a loop is late. */
    enum Form {
        /** In a long tick. */
        TICK,
        /** With short ticks, while a task waits that was seen being queued. */
        QUEUED,
        /** With short ticks, while those tasks wait that had been due when it was seen first. */
        DUE
    }

    final Form form;

    /** Start of the tick, or when the task was queued or due that waits. */
    final long start;

    final long firstSeen;

    /** What is to be compared with; null if nothing is known. */
    final @Nullable TimesAt times;

    final long tasksAtFirst;
    private final long blockedAtFirst;
    private final long lockedAtFirst;
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
    ThreadInfo owner;

    private long context;
    private boolean contextChanges;
    private Pauses.Sum covered = Pauses.Sum.NONE;
    private Pauses.Sum uncertain = Pauses.Sum.NONE;
    private long inPausedCall;
    private long pauseSeen;
    private long lastCall;
    private long ticksWhenIdle = -1;
    private long lastTasks;
    private long stillSince;

    Episode(
            Thread thread,
            @Nullable StallsightThread state,
            StallsightLoop loop,
            Form form,
            long start,
            long now,
            @Nullable TimesAt before) {
        this.thread = thread;
        this.state = state;
        this.loop = loop;
        this.form = form;
        this.start = start;
        this.firstSeen = now;
        this.lastSeen = now;
        this.times = times(start, now, before);
        this.tasksAtFirst = loop.tasks();
        this.blockedAtFirst = loop.blockedInAll();
        this.lockedAtFirst = loop.lockedInAll();
        this.lastTasks = tasksAtFirst;
        this.stillSince = start;
    }

    private @Nullable TimesAt times(long from, long now, @Nullable TimesAt before) {
        if (before != null && (state == null || now - from > LATE)) {
            return before.at - from < 0 ? new TimesAt(from, before.times) : before;
        }
        ThreadTimes read = state == null ? null : ThreadTimes.of(loop.nativeId());
        return read == null ? null : new TimesAt(now, read);
    }

    /** Whether the loop still is where the episode began. */
    boolean goesOn() {
        StallsightQueue queue = loop.queue();
        return switch (form) {
            case TICK -> loop.start() == start;
            case QUEUED -> queue != null && queue.sampleSince() == start;
            case DUE -> queue != null && queue.lateSince() != 0 && queue.lateSince() - firstSeen < 0 && !waits();
        };
    }

    /** Whether the loop has no work: a glimpse between two short ticks does not tell, two without a tick between do. */
    private boolean waits() {
        long ticks = loop.ticks();
        boolean idle = !loop.inTick();
        boolean same = idle && ticks == ticksWhenIdle;
        ticksWhenIdle = idle ? ticks : -1;
        return same;
    }

    boolean isBacklog() {
        return form != Form.TICK;
    }

    /** Nanoseconds in blocking calls, as far as they have ended and were made while the loop was looked at. */
    long blocked() {
        return isBacklog() ? loop.blockedInAll() - blockedAtFirst : loop.blocked();
    }

    /** Nanoseconds of waiting for locks, likewise. */
    long locked() {
        return isBacklog() ? loop.lockedInAll() - lockedAtFirst : loop.locked();
    }

    boolean isOf(SlowTick tick) {
        return form == Form.TICK && tick.loop() == loop && tick.start() == start;
    }

    void seen(long now) {
        long tasks = loop.tasks();
        if (tasks != lastTasks) {
            lastTasks = tasks;
            stillSince = now;
        }
        longestStill = Math.max(longestStill, now - stillSince);
        lastSeen = now;
    }

    /**
     * Tells of a pause of the JVM or of the process that ended just now. A thread that was in a blocking call then, and
     * goes on to be in it, would have been there without the pause as well; one whose call ends with the pause, would
     * not.
     */
    void paused(Pauses.Sum pause, long now) {
        long call = waitingSince();
        if (call != inPausedCall) {
            uncertain = Pauses.Sum.NONE;
            inPausedCall = 0;
        } else if (inPausedCall != 0 && now - pauseSeen >= STILL_IN_CALL) {
            covered = covered.plus(uncertain);
            uncertain = Pauses.Sum.NONE;
            inPausedCall = 0;
        }
        boolean before = call == IN_MONITOR
                ? lastCall == IN_MONITOR || now == firstSeen
                : call != 0 && call - (now - pause.total() / 2) < 0;
        if (pause.total() > 0 && before) {
            uncertain = uncertain.plus(pause);
            inPausedCall = call;
            pauseSeen = now;
        }
        lastCall = call;
    }

    /** The pauses that made no difference. */
    Pauses.Sum covered() {
        return covered;
    }

    /** When the blocking call began that is in progress, or {@link #IN_MONITOR}, or 0. */
    private long waitingSince() {
        if (state == null) {
            return 0;
        }
        if (state.call().point() != 0) {
            return state.call().startedAt();
        }
        return thread.getState() == Thread.State.BLOCKED ? IN_MONITOR : 0;
    }

    /** For whom the loop works in all samples; 0 if that changes. */
    long context() {
        return contextChanges ? 0 : context;
    }

    /** @param worksFor for whom the loop works at the moment */
    void add(Sample sample, long worksFor) {
        contextChanges |= !samples.isEmpty() && worksFor != context;
        context = worksFor;
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
