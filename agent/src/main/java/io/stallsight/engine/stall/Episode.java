package io.stallsight.engine.stall;

import io.stallsight.engine.detect.Glimpses;
import io.stallsight.engine.detect.SlowTick;
import io.stallsight.engine.reflect.Gauges;
import io.stallsight.engine.reflect.LoopSockets;
import io.stallsight.engine.thread.Questions.Question;
import io.stallsight.engine.thread.ThreadFacts;
import io.stallsight.engine.thread.ThreadTimes;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightQueue;
import io.stallsight.hook.StallsightThread;
import io.stallsight.hook.StallsightWaiters;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One loop that is late, from the first look that finds it so to its report: what was observed of it meanwhile. Used by
 * the watching thread.
 */
final class Episode {

    /** How a loop is late. */
    enum Form {
        /** In a long tick. */
        TICK,
        /** With short ticks, while a task waits that was seen being queued. */
        QUEUED,
        /** With short ticks, while tasks wait that were due when the loop was first seen. */
        DUE
    }

    /** An episode seen later than that after its start was seen late: the times of an earlier look are taken. */
    private static final long SEEN_LATE = TimeUnit.MILLISECONDS.toNanos(30);

    private static final long REPORT_PERIOD = TimeUnit.SECONDS.toNanos(1);

    /** How often the tasks that wait are counted: that may take the lock of the loop's queue. */
    private static final long COUNT_PERIOD = TimeUnit.MILLISECONDS.toNanos(50);

    private final Thread thread;
    private final String name;
    private final @Nullable StallsightThread state;
    private final StallsightLoop loop;
    private final Form form;
    private final long start;
    private final long firstSeen;
    private final boolean isReadSinceStart;
    private final @Nullable TimesAt timesBefore;
    private final long busyBefore;
    private final long blockedBefore;
    private final long lockedBefore;

    private final LoopSamples samples = new LoopSamples();
    private final CoveredPauses covered = new CoveredPauses();
    private long throttledBefore = -1;
    private long pending = Gauges.UNKNOWN;
    private @Nullable Question<Long> askedPending;
    private @Nullable Question<Glimpses.Served> askedRequest;
    private Glimpses.Served served = Glimpses.Served.NOTHING;
    private long lastCount;
    private long lastSeen;
    private long lastReport;
    private long id;

    private final TaskProgress tasks;
    private @Nullable TickArrivals arrivals;
    private long ticksWhenIdle = -1;

    /**
     * @param name of the thread while it was late, which may get another one before the report
     * @param state null if the watching thread did not see the loop while it was late
     * @param start of the tick, or when the waiting task was queued or due
     * @param busy nanoseconds of the ticks that had ended when the loop was found to be late
     * @param earlier times of the thread at an earlier look, null if there are none
     */
    Episode(
            Thread thread,
            String name,
            @Nullable StallsightThread state,
            StallsightLoop loop,
            Form form,
            long start,
            long now,
            long busy,
            @Nullable TimesAt earlier) {
        this.thread = thread;
        this.name = name;
        this.state = state;
        this.loop = loop;
        this.form = form;
        this.start = start;
        this.firstSeen = now;
        this.lastSeen = now;
        // while tasks wait, a loop does nothing but run them
        this.busyBefore = form == Form.TICK ? busy : Math.max(0, busy - (now - start));
        this.isReadSinceStart = earlier == null || !takes(now, earlier) || earlier.at() - start >= 0;
        this.timesBefore = times(now, earlier);
        // of a long tick, the tasks before it were others
        TimesAt counted = form != Form.TICK && takes(now, earlier) ? earlier : null;
        this.tasks = new TaskProgress(loop, counted == null ? loop.tasks() : counted.tasks(), start, now);
        this.blockedBefore = loop.tick().blockedInAll();
        this.lockedBefore = loop.tick().lockedInAll();
        this.lastReport = start;
    }

    private boolean takes(long now, @Nullable TimesAt earlier) {
        return earlier != null && (state == null || now - start > SEEN_LATE);
    }

    private @Nullable TimesAt times(long now, @Nullable TimesAt earlier) {
        if (earlier != null && takes(now, earlier)) {
            return earlier.at() - start < 0 ? earlier.broughtTo(start, busyBefore) : earlier;
        }
        ThreadTimes read = state == null ? null : ThreadTimes.of(loop.nativeId());
        return read == null ? null : new TimesAt(now, read, busyBefore, loop.tasks());
    }

    Thread thread() {
        return thread;
    }

    String name() {
        return name;
    }

    @Nullable
    StallsightThread state() {
        return state;
    }

    StallsightLoop loop() {
        return loop;
    }

    long start() {
        return start;
    }

    /** When the loop was last seen to be late. */
    long lastSeen() {
        return lastSeen;
    }

    /** The thread's times at the start, to be compared with those at the end; null if nothing is known. */
    @Nullable
    TimesAt timesBefore() {
        return timesBefore;
    }

    /**
     * Whether {@link #timesBefore} was read since the start. Otherwise the thread may have been without a CPU before
     * the start, for an unknown part of the time.
     */
    boolean isReadSinceStart() {
        return isReadSinceStart;
    }

    /** Whether the loop still is where the episode began. */
    boolean goesOn() {
        StallsightQueue queue = loop.queue();
        return switch (form) {
            case TICK -> loop.start() == start;
            // a loop that waits for work has no task: another thread took this one, or ran it itself
            case QUEUED -> queue != null && queue.sampleSince() == start && !waits();
            case DUE -> queue != null && queue.lateSince() != 0 && queue.lateSince() - firstSeen < 0 && !waits();
        };
    }

    /** Whether the loop has no work: one look between two short ticks proves nothing, two without a tick between do. */
    private boolean waits() {
        long ticks = loop.ticks();
        boolean idle = !loop.inTick();
        boolean same = idle && ticks == ticksWhenIdle;
        ticksWhenIdle = idle ? ticks : -1;
        return same;
    }

    /** Whether the loop is late with many short ticks, not in one long tick. */
    boolean isBacklog() {
        return form != Form.TICK;
    }

    /** Whether that is the end of this episode's tick. */
    boolean isOf(SlowTick tick) {
        return form == Form.TICK && tick.loop() == loop && tick.start() == start;
    }

    /** Nanoseconds in blocking calls, as far as they have ended and were made while the loop was looked at. */
    long blocked() {
        return isBacklog()
                ? loop.tick().blockedInAll() - blockedBefore
                : loop.tick().blocked();
    }

    /** The same for waits for locks, nanoseconds. */
    long locked() {
        return isBacklog()
                ? loop.tick().lockedInAll() - lockedBefore
                : loop.tick().locked();
    }

    /** The tasks that the loop has begun meanwhile. */
    TaskProgress tasks() {
        return tasks;
    }

    /** The loop was looked at and is still late. */
    void seen(long now) {
        tasks.look(now);
        lastSeen = now;
    }

    /** A pause of the JVM or of the process ended just now; {@link Pauses.Sum#NONE} if none did. */
    void paused(Pauses.Sum pause, long now) {
        covered.look(pause, waitingSince(), now, now == firstSeen);
    }

    /** The pauses that made no difference. */
    Pauses.Sum covered() {
        return covered.sum();
    }

    /** When the blocking call in progress began, or {@link CoveredPauses#IN_MONITOR}; 0 if there is none. */
    private long waitingSince() {
        if (state == null) {
            return 0;
        }
        if (state.call().isInProgress()) {
            return state.call().startedAt();
        }
        return ThreadFacts.state(thread) == Thread.State.BLOCKED ? CoveredPauses.IN_MONITOR : 0;
    }

    LoopSamples samples() {
        return samples;
    }

    /**
     * When the loop's connections got something to read, of a tick that runs.
     *
     * @param limit of connections
     */
    TickArrivals arrivals(LoopSockets sockets, int limit) {
        TickArrivals measured = arrivals;
        if (measured == null) {
            measured = new TickArrivals(loop, start, sockets.descriptors(loop, limit));
            arrivals = measured;
        }
        return measured;
    }

    /** Reads the CPU limit's counter once, to be compared with at the end. */
    void readLimit(CpuLimit limit) {
        if (throttledBefore < 0) {
            throttledBefore = limit.throttledNanos();
        }
    }

    /** How long the CPU limit has kept the process from running since {@link #readLimit}; 0 if that was not read. */
    long throttled(CpuLimit limit) {
        return throttledBefore < 0 ? 0 : Math.max(0, limit.throttledNanos() - throttledBefore);
    }

    /** Whether the tasks that wait for the loop are to be counted again; takes them for counted. */
    boolean mustCount(long now) {
        if (lastCount != 0 && now - lastCount < COUNT_PERIOD) {
            return false;
        }
        lastCount = now;
        return true;
    }

    /** Tasks that wait for the loop; the largest number counts. */
    void pending(long number) {
        pending = Math.max(pending, number);
    }

    /** Questions of {@link #mustCount}: the tasks that wait, and the request that the loop serves. */
    void ask(Question<Long> tasks, @Nullable Question<Glimpses.Served> request) {
        takeAnswers();
        askedPending = tasks;
        askedRequest = request;
    }

    /** Takes what was found out meanwhile. */
    void takeAnswers() {
        Long tasks = askedPending == null ? null : askedPending.answer();
        if (tasks != null) {
            pending(tasks);
            askedPending = null;
        }
        Glimpses.Served request = askedRequest == null ? null : askedRequest.answer();
        if (request != null) {
            served = request;
            askedRequest = null;
        }
    }

    /** The request that the loop serves, as far as it has been found out. */
    Glimpses.Served served() {
        return served;
    }

    /** Whether {@link #pending} got a number. */
    boolean knowsPending() {
        return pending >= 0;
    }

    /**
     * Tasks and I/O events that waited for the loop, as far as they are known; -1 if nothing is.
     *
     * @param ended whether the loop is no longer late
     */
    long waiting(boolean ended) {
        StallsightWaiters waiters = loop.tick().waiters();
        if (!knowsPending() && !waiters.countsReady()) {
            return Gauges.UNKNOWN;
        }
        return Math.max(0, pending) + (ended && !isBacklog() ? waiters.waited() : waiters.waiting());
    }

    /** Whether the episode has to be reported although it goes on; takes it for reported. */
    boolean mustReport(long now) {
        if (now - lastReport < REPORT_PERIOD) {
            return false;
        }
        lastReport = now;
        return true;
    }

    /** The number of the stall, 0 before {@link #number}. */
    long id() {
        return id;
    }

    void number(long number) {
        id = number;
    }
}
