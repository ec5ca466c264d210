package io.stallsight.engine.recording;

import io.stallsight.api.Kind;
import io.stallsight.engine.event.RecordedFields;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.stack.RecordedStacks;
import io.stallsight.engine.thread.LoopGroup;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jdk.jfr.consumer.RecordedEvent;

/** What of the JDK's events about waits is a blocking call of a loop. */
final class RecordedWaits {

    /** What is left of a call besides the collector's pauses and is shorter was the collector's. */
    private static final long MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /**
     * Where an event does not say whether the channel was in blocking mode: so long a read or write waited. JDK 25
     * records them from 1 ms on, which one that does not block takes as well on a machine that is busy.
     */
    private static final long SURELY_WAITED_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final RecordedStacks stacks;
    private final RecordedLoops loops;
    private final Pauses pauses;
    private final RecordedStalls stalls;
    private long cutStacks;

    /** @param pauses all of the recording's */
    RecordedWaits(RecordedStacks stacks, RecordedLoops loops, Pauses pauses, RecordedStalls stalls) {
        this.stacks = stacks;
        this.loops = loops;
        this.pauses = pauses;
        this.stalls = stalls;
    }

    /** A call, and the stall that it was if it took long enough. */
    void read(RecordedEvent event, Waits wait, Span span, Consumer<Fact> sink) {
        // first what is cheap: most of the events of a large recording are of other threads
        String thread = RecordedFields.name(event.getThread());
        if (!loops.seen(thread, event.getStackTrace()) || !span.touches(event)) {
            return;
        }
        long start = RecordedFields.startNanos(event);
        long duration = event.getDuration().toNanos();
        long nanos = duration - pauses.within(start, duration);
        List<StackTraceElement> stack = RecordedFields.stack(event.getStackTrace());
        if (nanos < MIN_NANOS || stack.isEmpty() || stacks.isIdle(stack)) {
            return;
        }
        RecordedStacks.Call named = stacks.call(stack, wait.kind(), wait.api());
        if (named == null || nanos < minNanos(named.kind(), stacks.isWithoutTheJdk(stack))) {
            return;
        }
        if (event.getStackTrace() != null && event.getStackTrace().isTruncated() && stacks.site(stack) == null) {
            cutStacks++;
        }
        BlockingCall call = new BlockingCall(
                named.kind(),
                named.api(),
                wait.detail(event),
                start,
                nanos,
                thread,
                LoopGroup.of(thread),
                stack,
                named.site(),
                named.fix(),
                0);
        sink.accept(call);
        if (nanos >= RecordedStalls.MIN_NANOS) {
            sink.accept(stalls.ofCall(call, RecordedFields.thread(event, "previousOwner")));
        }
    }

    /** What is shorter may not have been a blocking call. */
    static long minNanos(Kind kind, boolean withoutTheJdk) {
        return kind == Kind.SOCKET && withoutTheJdk ? SURELY_WAITED_NANOS : MIN_NANOS;
    }

    /** Stacks of calls that JFR cut before a frame of the application. */
    long cutStacks() {
        return cutStacks;
    }
}
