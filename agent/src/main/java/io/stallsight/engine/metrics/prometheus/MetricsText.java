package io.stallsight.engine.metrics.prometheus;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.stallsight.engine.metrics.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes the response to a request for {@code /metrics}. Thread-safe. */
public final class MetricsText {

    /**
     * The body of a response.
     *
     * @param contentType value of the header {@code Content-Type}; its charset is UTF-8
     */
    public record Page(String contentType, String text) {}

    // Created directly: ExpositionFormats.init() reads Prometheus properties, which the application sets for itself.
    private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();
    private final ExpositionFormatWriter prometheus = PrometheusTextFormatWriter.create();
    private final Metrics metrics;

    public MetricsText(Metrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Returns all metrics with their current values: in OpenMetrics if the client accepts it, otherwise in the text
     * format of Prometheus.
     *
     * @param accept the request's header {@code Accept}, or null if it has none
     */
    public Page page(@Nullable String accept) {
        ExpositionFormatWriter writer = openMetrics.accepts(accept) ? openMetrics : prometheus;
        MetricSnapshots snapshots = Snapshots.of(metrics.samples());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            writer.write(body, snapshots, EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: the stream is in memory
        }
        return new Page(writer.getContentType(), body.toString(StandardCharsets.UTF_8));
    }
}
