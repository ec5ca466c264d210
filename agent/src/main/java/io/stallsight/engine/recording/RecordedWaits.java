package io.stallsight.engine.recording;

import io.stallsight.api.Kind;
import io.stallsight.engine.event.RecordedFields;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.stack.RecordedStacks;
import io.stallsight.engine.thread.LoopGroup;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jdk.jfr.consumer.RecordedEvent;

/** Finds the blocking calls of loops among the JDK's events about waits. */
final class RecordedWaits {

    /** Less the collector's pauses, a call that is shorter than this was a pause. */
    private static final long MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /**
     * A read or write of this length has waited, even if the event does not have whether the channel was in blocking
     * mode. JDK 25 records them from 1 ms on, and on a busy machine one that does not block takes as long.
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
        // the cheap test first: most events of a large recording are of other threads
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
        boolean isCut =
                event.getStackTrace() != null && event.getStackTrace().isTruncated() && stacks.site(stack) == null;
        if (!isCut && stacks.isOwnLock(wait.kind(), stack)) {
            return;
        }
        if (isCut) {
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
                Request.UNKNOWN,
                0);
        sink.accept(call);
        if (nanos >= RecordedStalls.MIN_NANOS) {
            sink.accept(stalls.ofCall(call, RecordedFields.thread(event, "previousOwner")));
        }
    }

    /** A shorter wait may not have been a blocking call. */
    static long minNanos(Kind kind, boolean withoutTheJdk) {
        return kind == Kind.SOCKET && withoutTheJdk ? SURELY_WAITED_NANOS : MIN_NANOS;
    }

    /** Stacks of calls that JFR cut before a frame of the application. */
    long cutStacks() {
        return cutStacks;
    }
}
