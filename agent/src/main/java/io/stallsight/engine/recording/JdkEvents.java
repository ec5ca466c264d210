package io.stallsight.engine.recording;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.event.RecordedFields;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.fact.Pinned;
import io.stallsight.engine.picture.Picture;
import io.stallsight.engine.stack.RecordedStacks;
import io.stallsight.engine.thread.LoopGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jdk.jfr.consumer.RecordedEvent;

/**
 * A JVM without the agent, from the JDK's own events. The file is read twice: {@link #first()} learns from samples
 * which threads are loops, and when the collector ran; {@link #second} takes the calls that blocked.
 */
final class JdkEvents {

    private final RecordedStacks stacks;
    private final RecordedLoops loops;
    private final Span span;
    private final RecordedMachine machine = new RecordedMachine();
    private final RecordedStalls stalls = new RecordedStalls();
    private final RecordedWaits waits;
    private final ComputingRuns computing;

    JdkEvents(Catalog catalog, RecordedStacks stacks, List<String> threads, Span span) {
        this.stacks = stacks;
        this.span = span;
        loops = new RecordedLoops(catalog, stacks, threads);
        waits = new RecordedWaits(stacks, loops, machine.pauses(), stalls);
        computing = new ComputingRuns(stacks, RecordedStalls.MIN_NANOS);
    }

    Map<String, Consumer<RecordedEvent>> first() {
        Map<String, Consumer<RecordedEvent>> handlers = new HashMap<>(machine.handlers(span));
        for (String sampled : List.of("jdk.NativeMethodSample", "jdk.ExecutionSample")) {
            handlers.put(
                    sampled, event -> loops.seen(RecordedFields.thread(event, "sampledThread"), event.getStackTrace()));
        }
        return handlers;
    }

    Map<String, Consumer<RecordedEvent>> second(Picture picture) {
        Map<String, Consumer<RecordedEvent>> handlers = new HashMap<>();
        for (Waits wait : Waits.values()) {
            handlers.put(wait.event(), event -> waits.read(event, wait, span, picture::observed));
        }
        handlers.put("jdk.ExecutionSample", span.only(this::sample));
        handlers.put("jdk.VirtualThreadPinned", span.only(event -> {
            Pinned pinned = pinned(event);
            if (!stacks.isNobodysPin(pinned.stack(), pinned.reason())) {
                picture.observed(pinned);
            }
        }));
        return handlers;
    }

    private void sample(RecordedEvent event) {
        String thread = RecordedFields.thread(event, "sampledThread");
        if (loops.isLoop(thread)) {
            computing.sample(thread, RecordedFields.startNanos(event), RecordedFields.stack(event.getStackTrace()));
        }
    }

    private Pinned pinned(RecordedEvent event) {
        List<StackTraceElement> stack = RecordedFields.stack(event.getStackTrace());
        return new Pinned(
                RecordedFields.name(event.getThread()),
                event.getThread() == null ? -1 : event.getThread().getJavaThreadId(),
                RecordedFields.startNanos(event),
                event.getDuration().toNanos(),
                RecordedFields.text(event, "blockingOperation"),
                RecordedFields.text(event, "pinnedReason"),
                stacks.site(stack),
                stack);
    }

    /** After the second reading. */
    void finish(Picture picture) {
        long end = TimeUnit.MILLISECONDS.toNanos(span.to());
        for (String loop : loops.names()) {
            picture.observed(LoopSample.unmeasured(end, loop, LoopGroup.of(loop)));
        }
        machine.pauses().longerThan(RecordedStalls.MIN_NANOS).forEach(pause -> picture.observed(stalls.ofPause(pause)));
        computing.finish().forEach(run -> picture.observed(stalls.ofComputing(run)));
    }

    /** What the recording shows of the JVM and the machine, a line each. */
    List<String> facts() {
        return machine.facts();
    }

    /** What the recording does not show, a line each. */
    List<String> limits() {
        List<String> limits = new ArrayList<>();
        limits.add("recorded without Stallsight: seen is what lasted longer than the thresholds of the recording"
                + " (20 ms by default), with the names that stacks give");
        limits.add("not in such a recording: lag, utilization and pending tasks of loops, pools, downstreams, harm,"
                + " many small tasks");
        if (waits.cutStacks() > 0) {
            limits.add(waits.cutStacks() + " stacks are cut before the application's line"
                    + " (record with -XX:FlightRecorderOptions:stackdepth=256)");
        }
        if (loops.names().isEmpty()) {
            limits.add("no thread was recognised as an event loop; name yours with --threads");
        }
        return limits;
    }
}
