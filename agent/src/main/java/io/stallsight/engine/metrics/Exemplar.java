package io.stallsight.engine.metrics;

import io.stallsight.engine.fact.Request;
import org.jspecify.annotations.Nullable;

/**
 * One duration of a histogram's bucket, with the trace in which it can be looked at.
 *
 * @param seconds the duration
 * @param traceId of {@link Request}
 * @param spanId of {@link Request}
 * @param at milliseconds since 1970
 */
public record Exemplar(double seconds, String traceId, String spanId, long at) {

    /** A duration that ends now; null if its trace is not known. */
    static @Nullable Exemplar of(long nanos, Request request) {
        return request.traceId().isEmpty()
                ? null
                : new Exemplar(
                        nanos / Metrics.NANOS_PER_SECOND,
                        request.traceId(),
                        request.spanId(),
                        System.currentTimeMillis());
    }
}
