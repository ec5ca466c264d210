package io.stallsight.engine.recording;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.detect.LoopGroup;
import io.stallsight.engine.fact.Cause;
import io.stallsight.engine.fact.Pinned;
import io.stallsight.engine.finding.Findings;
import io.stallsight.engine.picture.CallRow;
import io.stallsight.engine.picture.LoopRow;
import io.stallsight.engine.picture.NoticeRow;
import io.stallsight.engine.picture.Picture;
import io.stallsight.engine.picture.StallRow;
import io.stallsight.engine.stack.RecordedStacks;
import io.stallsight.frame.Frames;
import io.stallsight.text.DurationText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * A JVM without the agent, from the JDK's own events. The file is read twice: {@link #first()} learns from samples
 * which threads are loops, and when the collector ran, {@link #second} takes what blocked.
 */
final class JdkEvents {

    private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** What is left of a call besides the collector's pauses and is shorter was the collector's. */
    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /**
     * Where an event does not tell whether the channel was in blocking mode: so long a read or write waited. JDK 25
     * records them from 1 ms on, which one that does not block takes as well on a machine that is busy.
     */
    private static final long SURELY_WAITED_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A loop that the JVM's stops made late. */
    private static final String ALL_LOOPS = "every loop";

    /** JDKs that do not tell the reason pin by monitors, most of the time. */
    private static final String BEFORE_24 = "Monitor";

    private final RecordedStacks stacks;
    private final RecordedLoops loops;
    private final Span span;
    private final Pauses pauses = new Pauses();
    private final ComputingRuns computing;
    private double mostCpu = -1;
    private long throttledNanos;
    private long cutStacks;
    private long stalls;

    JdkEvents(Catalog catalog, RecordedStacks stacks, List<String> threads, Span span) {
        this.stacks = stacks;
        this.span = span;
        loops = new RecordedLoops(catalog, stacks, threads);
        computing = new ComputingRuns(stacks, STALL_NANOS);
    }

    Map<String, Consumer<RecordedEvent>> first() {
        Map<String, Consumer<RecordedEvent>> handlers = new HashMap<>();
        for (String sampled : List.of("jdk.NativeMethodSample", "jdk.ExecutionSample")) {
            handlers.put(sampled, event -> loops.seen(Fields.thread(event, "sampledThread"), event.getStackTrace()));
        }
        handlers.put("jdk.GCPhasePause", within(this::pause));
        handlers.put(
                "jdk.CPULoad", within(event -> mostCpu = Math.max(mostCpu, Fields.fraction(event, "machineTotal"))));
        handlers.put(
                "jdk.ContainerCPUThrottling",
                within(event -> throttledNanos = Math.max(throttledNanos, Fields.nanos(event, "cpuThrottledTime"))));
        return handlers;
    }

    private Consumer<RecordedEvent> within(Consumer<RecordedEvent> handler) {
        return event -> {
            if (span.touches(Fields.start(event), Fields.end(event))) {
                handler.accept(event);
            }
        };
    }

    private void pause(RecordedEvent event) {
        pauses.add(new Pauses.Pause(startNanos(event), event.getDuration().toNanos()));
    }

    Map<String, Consumer<RecordedEvent>> second(Picture picture) {
        Map<String, Consumer<RecordedEvent>> handlers = new HashMap<>();
        for (Waits wait : Waits.values()) {
            handlers.put(wait.event(), event -> waited(picture, wait, event));
        }
        handlers.put("jdk.ExecutionSample", within(event -> {
            String thread = Fields.thread(event, "sampledThread");
            if (loops.isLoop(thread)) {
                computing.sample(thread, startNanos(event), Fields.stack(event.getStackTrace()));
            }
        }));
        handlers.put("jdk.VirtualThreadPinned", within(event -> pinned(picture, event)));
        return handlers;
    }

    private static LoopRow unmeasured(String loop) {
        return new LoopRow(loop, LoopGroup.of(loop), -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
    }

    private void waited(Picture picture, Waits wait, RecordedEvent event) {
        // first what is cheap: most of the events of a large recording are of other threads
        String thread = Fields.name(event.getThread());
        if (!loops.seen(thread, event.getStackTrace()) || !span.touches(Fields.start(event), Fields.end(event))) {
            return;
        }
        long duration = event.getDuration().toNanos();
        long nanos = duration - pauses.within(startNanos(event), duration);
        List<StackTraceElement> stack = Fields.stack(event.getStackTrace());
        if (nanos < LEAST_NANOS || stack.isEmpty() || stacks.isIdle(stack)) {
            return;
        }
        RecordedStacks.Call call = stacks.call(stack, wait.kind(), wait.api());
        if (call == null || nanos < leastNanos(call.kind(), stacks.isWithoutTheJdk(stack))) {
            return;
        }
        if (event.getStackTrace() != null && event.getStackTrace().isTruncated() && stacks.site(stack) == null) {
            cutStacks++;
        }
        String group = LoopGroup.of(thread);
        String fingerprint = Findings.fingerprint(call.api(), call.site(), group);
        String site = Frames.describe(call.site());
        String detail = wait.detail(event);
        List<String> lines = stack.stream().map(Frames::describe).toList();
        String fix = call.fix() == null ? call.kind().fix() : call.fix();
        picture.call(new CallRow(
                Fields.end(event),
                nanos,
                call.kind().name(),
                call.api(),
                detail,
                site,
                group,
                thread,
                fingerprint,
                fix,
                Advice.allow(site),
                lines));
        if (nanos >= STALL_NANOS) {
            boolean lock = call.kind() == Kind.LOCK || call.kind() == Kind.MONITOR;
            String owner = Fields.thread(event, "previousOwner");
            stall(
                    picture,
                    thread,
                    group,
                    Fields.start(event),
                    nanos,
                    lock ? Cause.LOCK : Cause.BLOCKING_CALL,
                    site,
                    call.api(),
                    fingerprint,
                    detail,
                    fix,
                    owner,
                    0,
                    lines);
        }
    }

    /** What is shorter may not have been a blocking call. */
    static long leastNanos(Kind kind, boolean withoutTheJdk) {
        return kind == Kind.SOCKET && withoutTheJdk ? SURELY_WAITED_NANOS : LEAST_NANOS;
    }

    private void pinned(Picture picture, RecordedEvent event) {
        List<StackTraceElement> stack = Fields.stack(event.getStackTrace());
        StackTraceElement site = stacks.site(stack);
        String reason = Fields.text(event, "pinnedReason");
        picture.notice(new NoticeRow(
                NoticeRow.Type.PINNED,
                Fields.start(event),
                Fields.name(event.getThread()),
                site == null ? "" : Frames.describe(site),
                "a virtual thread kept its carrier for " + DurationText.of(event.getDuration()),
                Pinned.fix(reason.isEmpty() ? BEFORE_24 : reason),
                stack.stream().map(Frames::describe).toList()));
    }

    /** After the second reading. */
    void finish(Picture picture) {
        for (String loop : loops.names()) {
            picture.loop(span.to(), unmeasured(loop));
        }
        for (Pauses.Pause pause : pauses.longerThan(STALL_NANOS)) {
            stall(
                    picture,
                    ALL_LOOPS,
                    ALL_LOOPS,
                    TimeUnit.NANOSECONDS.toMillis(pause.start()),
                    pause.nanos(),
                    Cause.GC_PAUSE,
                    null,
                    null,
                    null,
                    "a pause of the garbage collector (jdk.GCPhasePause)",
                    Cause.GC_PAUSE.fix(),
                    "",
                    0,
                    List.of());
        }
        for (ComputingRuns.Run run : computing.finish()) {
            String site = Frames.describe(run.site());
            stall(
                    picture,
                    run.thread(),
                    LoopGroup.of(run.thread()),
                    TimeUnit.NANOSECONDS.toMillis(run.start()),
                    run.nanos(),
                    Cause.CPU,
                    site,
                    null,
                    null,
                    "computing in " + run.samples() + " of " + run.samples()
                            + " samples in a row; samples do not tell whether it was one task",
                    Cause.CPU.fix(),
                    "",
                    run.samples(),
                    run.stack());
        }
    }

    private void stall(
            Picture picture,
            String loop,
            String group,
            long start,
            long nanos,
            Cause cause,
            @Nullable String site,
            @Nullable String api,
            @Nullable String fingerprint,
            String evidence,
            String fix,
            String owner,
            int samples,
            List<String> stack) {
        picture.stall(new StallRow(
                Long.toString(++stalls),
                loop,
                group,
                start,
                nanos,
                false,
                cause.name(),
                Map.of(cause.name(), nanos),
                site,
                api,
                fingerprint,
                evidence,
                fix,
                -1,
                -1,
                -1,
                samples,
                samples,
                -1,
                List.of(),
                owner.isEmpty() ? null : owner,
                null,
                List.of(),
                stack,
                stack.isEmpty() ? List.of() : List.of(new StallRow.Profile(Math.max(1, samples), stack))));
    }

    /** What the recording tells of the JVM and the machine. */
    void tell(List<String> facts, List<String> limits) {
        if (pauses.count() > 0) {
            facts.add(String.format(
                    Locale.ROOT,
                    "garbage collection stopped every thread %d times, for %s in all and %s at most; calls are told without it",
                    pauses.count(),
                    DurationText.of(pauses.totalNanos()),
                    DurationText.of(pauses.longestNanos())));
        }
        if (throttledNanos > 0) {
            facts.add("the container's CPU limit has stopped the process for " + DurationText.of(throttledNanos)
                    + " since it started");
        }
        if (mostCpu > 0) {
            facts.add(String.format(Locale.ROOT, "the machine's CPUs were busy to %.0f %% at most", mostCpu * 100));
        }
        limits.add("recorded without Stallsight: seen is what lasted longer than the thresholds of the recording"
                + " (20 ms by default), with the names that stacks give");
        limits.add("not in such a recording: lag, utilization and pending tasks of loops, pools, downstreams, harm,"
                + " many small tasks");
        if (cutStacks > 0) {
            limits.add(cutStacks + " stacks are cut before the application's line"
                    + " (record with -XX:FlightRecorderOptions:stackdepth=256)");
        }
        if (loops.names().isEmpty()) {
            limits.add("no thread was recognised as an event loop; name yours with --threads");
        }
    }

    private static long startNanos(RecordedEvent event) {
        return ChronoUnit.NANOS.between(Instant.EPOCH, event.getStartTime());
    }
}
