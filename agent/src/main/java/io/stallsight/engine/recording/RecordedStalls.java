package io.stallsight.engine.recording;

import io.stallsight.api.Kind;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Cause;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.fact.Victims;
import io.stallsight.engine.thread.LoopGroup;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stalls of a JVM without the agent. Each has one cause: the JDK's events do not say how its time divides. */
final class RecordedStalls {

    /** A shorter one is no stall. */
    static final long MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** The loops that a stop of the JVM made late. */
    private static final String ALL_LOOPS = "every loop";

    private long made;

    /** @param owner name of the thread that held the lock; empty if it is not known */
    Stall ofCall(BlockingCall call, String owner) {
        boolean lock = call.kind() == Kind.LOCK || call.kind() == Kind.MONITOR;
        return stall(
                call.threadName(),
                call.loopGroup(),
                call.start(),
                call.nanos(),
                lock ? Cause.LOCK : Cause.BLOCKING_CALL,
                call.site(),
                call.api(),
                0,
                call.stack(),
                owner.isEmpty() ? null : owner,
                call.detail());
    }

    Stall ofPause(Pauses.Pause pause) {
        return stall(
                ALL_LOOPS,
                ALL_LOOPS,
                pause.start(),
                pause.nanos(),
                Cause.GC_PAUSE,
                null,
                null,
                0,
                List.of(),
                null,
                "a pause of the garbage collector (jdk.GCPhasePause)");
    }

    Stall ofComputing(ComputingRuns.Run run) {
        return stall(
                run.thread(),
                LoopGroup.of(run.thread()),
                run.start(),
                run.nanos(),
                Cause.CPU,
                run.site(),
                null,
                run.samples(),
                run.stack(),
                null,
                "samples in a row do not show whether it was one task");
    }

    private Stall stall(
            String thread,
            String group,
            long start,
            long nanos,
            Cause cause,
            @Nullable StackTraceElement site,
            @Nullable String api,
            int samples,
            List<StackTraceElement> stack,
            @Nullable String owner,
            String detail) {
        return new Stall(
                ++made,
                -1,
                thread,
                group,
                start,
                nanos,
                false,
                cause,
                Map.of(cause, nanos),
                site,
                api,
                samples,
                samples,
                false,
                stack,
                owner,
                null,
                List.of(),
                -1,
                -1,
                -1,
                List.of(),
                stack.isEmpty() ? List.of() : List.of(new Stall.Seen(Math.max(1, samples), stack)),
                -1,
                detail,
                Request.UNKNOWN,
                Victims.NONE,
                0);
    }
}
