package io.stallsight.engine.detect;

import io.stallsight.engine.fact.Request;
import io.stallsight.engine.reflect.RequestReader;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightThread;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The trace that was current for longest in a tick, kept in {@link io.stallsight.hook.StallsightTick}. A span may have
 * ended long before its tick does, and the tick is reported then. Used by the loop's thread.
 *
 * @param trace the trace, and the span of the longest time without a change
 * @param nanos in which the trace was current, proven
 * @param longest of these, without a change
 */
record TracedTime(Request trace, long nanos, long longest) {

    /** What is current for less is of no interest: to read the ids takes a microsecond. */
    private static final long MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** The current trace counts up to {@code now}. */
    static void add(StallsightThread state, StallsightLoop loop, RequestReader requests, long now) {
        long nanos = state.traced().nanosIn(loop, now);
        if (nanos < MIN_NANOS) {
            return;
        }
        Request trace = requests.traced(Request.UNKNOWN);
        if (!trace.isUnknown()) {
            loop.tick().setTraced(longer(kept(loop), trace, nanos));
        }
    }

    private static TracedTime longer(@Nullable TracedTime kept, Request trace, long nanos) {
        if (kept != null && kept.trace.traceId().equals(trace.traceId())) {
            boolean isLongest = nanos > kept.longest;
            return new TracedTime(isLongest ? trace : kept.trace, kept.nanos + nanos, isLongest ? nanos : kept.longest);
        }
        return kept != null && kept.nanos >= nanos ? kept : new TracedTime(trace, nanos, nanos);
    }

    private static @Nullable TracedTime kept(StallsightLoop loop) {
        return loop.tick().traced() instanceof TracedTime kept ? kept : null;
    }

    /** The trace that was current for more than half of the running tick, which took {@code nanos}. */
    static Request ofMost(StallsightLoop loop, long nanos) {
        TracedTime kept = kept(loop);
        return kept != null && kept.nanos > nanos - kept.nanos ? kept.trace : Request.UNKNOWN;
    }
}
