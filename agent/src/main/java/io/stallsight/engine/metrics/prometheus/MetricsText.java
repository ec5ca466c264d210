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

/** What a request for {@code /metrics} is answered. Thread-safe. */
public final class MetricsText {

    /** One answer; its text is to be sent in UTF-8. */
    public record Page(String contentType, String text) {}

    // made by hand: the library's own choice of a writer would read the application's settings for it
    private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();
    private final ExpositionFormatWriter prometheus = PrometheusTextFormatWriter.create();
    private final Metrics metrics;

    public MetricsText(Metrics metrics) {
        this.metrics = metrics;
    }

    /**
     * All metrics as of now: OpenMetrics for who asks for it, else the text format of Prometheus.
     *
     * @param accept header of the request
     */
    public Page page(@Nullable String accept) {
        ExpositionFormatWriter writer = openMetrics.accepts(accept) ? openMetrics : prometheus;
        MetricSnapshots snapshots = Snapshots.of(metrics.samples());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            writer.write(body, snapshots, EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return new Page(writer.getContentType(), body.toString(StandardCharsets.UTF_8));
    }
}
