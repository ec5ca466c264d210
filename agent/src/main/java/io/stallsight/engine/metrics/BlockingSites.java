package io.stallsight.engine.metrics;

import io.stallsight.engine.finding.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Series of blocking calls: one for each of the findings that cost most time, and one for all others. */
final class BlockingSites {

    private static final List<String> OTHERS =
            List.of(Limits.OTHERS, Limits.OTHERS, Limits.OTHERS, Limits.OTHERS, Limits.OTHERS);

    private final SeriesSlots slots = new SeriesSlots(Limits.MAX_SITES);

    /** The total is read only once: sorting fails if a sort key changes meanwhile. */
    private record Total(Finding finding, long nanos) {}

    void addTo(Samples samples, List<Finding> findings) {
        List<Total> totals = new ArrayList<>(findings.size());
        Set<String> present = new HashSet<>();
        for (Finding finding : findings) {
            totals.add(new Total(finding, finding.totalNanos()));
            present.add(finding.fingerprint());
        }
        totals.sort(Comparator.comparingLong(Total::nanos).reversed());
        slots.release(fingerprint -> !present.contains(fingerprint));
        for (Total total : totals) {
            Finding finding = total.finding;
            List<String> labels = slots.claim(finding.fingerprint()) ? labels(finding) : OTHERS;
            samples.add(Metric.BLOCKING_CALLS, finding.count(), labels);
            samples.add(Metric.BLOCKING_TIME, total.nanos / Metrics.NANOS_PER_SECOND, labels);
        }
    }

    private static List<String> labels(Finding finding) {
        return List.of(
                finding.kind().name(),
                finding.api(),
                Metrics.siteOf(finding.last().site()),
                finding.fingerprint(),
                finding.last().loopGroup());
    }
}
