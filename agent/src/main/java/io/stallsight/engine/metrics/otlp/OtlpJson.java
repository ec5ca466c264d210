package io.stallsight.engine.metrics.otlp;

import com.grack.nanojson.JsonStringWriter;
import com.grack.nanojson.JsonWriter;
import io.stallsight.engine.metrics.Buckets;
import io.stallsight.engine.metrics.Exemplar;
import io.stallsight.engine.metrics.Metric;
import io.stallsight.engine.metrics.Sample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Writes an {@code ExportMetricsServiceRequest} in the <a
 * href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">JSON encoding</a> that each OTLP receiver
 * over HTTP accepts. Not thread-safe.
 */
final class OtlpJson {

    private static final String SCOPE = "io.stallsight";
    private static final int CUMULATIVE = 2;

    /** Ids of 16 digits, as older tracers have them, get zeros before them. */
    private static final int TRACE_DIGITS = 32;

    private final Map<String, Object> resource;
    private final String start;
    private long latest;

    /** @param startNanos the time at which counters began at zero, in nanoseconds since 1970 */
    OtlpJson(Map<String, Object> resource, long startNanos) {
        this.resource = resource;
        this.start = Long.toString(startNanos);
    }

    /**
     * Has the exemplars that are newer than the request before it.
     *
     * @param nowNanos time of the samples, in nanoseconds since 1970
     */
    String request(List<Sample> samples, long nowNanos) {
        Map<Metric, List<Sample>> byMetric = new EnumMap<>(Metric.class);
        for (Sample sample : samples) {
            byMetric.computeIfAbsent(sample.metric(), fresh -> new ArrayList<>())
                    .add(sample);
        }
        JsonStringWriter json = JsonWriter.string();
        json.object().array("resourceMetrics").object().object("resource").array("attributes");
        resource.forEach((key, value) -> attribute(json, key, value));
        json.end().end().array("scopeMetrics").object();
        json.object("scope").value("name", SCOPE).end().array("metrics");
        byMetric.forEach((metric, all) -> metric(json, metric, all, Long.toString(nowNanos)));
        latest = nowNanos;
        return json.end().end().end().end().end().end().done();
    }

    private void metric(JsonStringWriter json, Metric metric, List<Sample> samples, String now) {
        boolean isCounter = metric.type() == Metric.Type.COUNTER;
        boolean isHistogram = metric.type() == Metric.Type.HISTOGRAM;
        json.object()
                .value("name", metric.dottedName())
                .value("description", metric.help())
                .value("unit", unit(metric.unit()))
                .object(isCounter ? "sum" : isHistogram ? "histogram" : "gauge");
        if (isCounter || isHistogram) {
            json.value("aggregationTemporality", CUMULATIVE);
        }
        if (isCounter) {
            json.value("isMonotonic", true);
        }
        json.array("dataPoints");
        for (Sample sample : samples) {
            json.object().array("attributes");
            for (int i = 0; i < sample.labels().size(); i++) {
                attribute(json, metric.labels().get(i), sample.labels().get(i));
            }
            json.end();
            if (isCounter || isHistogram) {
                json.value("startTimeUnixNano", start);
            }
            json.value("timeUnixNano", now);
            if (sample.buckets() == null) {
                json.value("asDouble", sample.value());
            } else {
                buckets(json, sample.buckets());
            }
            json.end();
        }
        json.end().end().end();
    }

    /** The JSON encoding has 64-bit integers as strings. */
    private void buckets(JsonStringWriter json, Buckets buckets) {
        json.value("count", Long.toString(buckets.count())).value("sum", buckets.sum());
        json.array("bucketCounts");
        buckets.counts().forEach(count -> json.value(Long.toString(count)));
        json.end().array("explicitBounds");
        Buckets.BOUNDS.forEach(json::value);
        json.end().array("exemplars");
        for (Exemplar exemplar : buckets.exemplars()) {
            if (exemplar.at() >= TimeUnit.NANOSECONDS.toMillis(latest)) {
                json.object()
                        .value("timeUnixNano", Long.toString(TimeUnit.MILLISECONDS.toNanos(exemplar.at())))
                        .value("asDouble", exemplar.seconds())
                        .value(
                                "traceId",
                                "0".repeat(TRACE_DIGITS - exemplar.traceId().length()) + exemplar.traceId())
                        .value("spanId", exemplar.spanId())
                        .end();
            }
        }
        json.end();
    }

    /** @param value a text or a whole number, which the encoding writes as a text too */
    private static void attribute(JsonStringWriter json, String key, Object value) {
        json.object()
                .value("key", key)
                .object("value")
                .value(value instanceof Number ? "intValue" : "stringValue", value.toString())
                .end()
                .end();
    }

    /** Unit in the notation of <a href="https://ucum.org">UCUM</a>. */
    private static String unit(Metric.Unit unit) {
        return switch (unit) {
            case NONE -> "";
            case SECONDS -> "s";
            case RATIO -> "1";
        };
    }
}
