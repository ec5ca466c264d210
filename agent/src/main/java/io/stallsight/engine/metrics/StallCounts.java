package io.stallsight.engine.metrics;

import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.finding.Findings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stalls by cause and site. One that goes on is told again and again: it counts when it is told first, and its time as
 * it passes, so that a loop which never comes back is seen as well.
 */
final class StallCounts {

    private final Counts counts = new Counts(Limits.SITES, true, Metric.STALLS, Metric.STALL_TIME, Metric.STALL_HARM);

    /** Nanoseconds that are counted already of each stall that goes on. */
    private final Map<Long, Long> ongoing = new HashMap<>();

    void add(Stall stall) {
        Long counted = ongoing.get(stall.id());
        long nanos = Math.max(0, stall.nanos() - (counted == null ? 0 : counted));
        double seconds = nanos / Metrics.NANOS;
        counts.add(labels(stall), counted == null ? 1 : 0, seconds, seconds * Math.max(0, stall.waiting()));
        if (stall.ongoing()) {
            ongoing.put(stall.id(), stall.nanos());
        } else {
            ongoing.remove(stall.id());
        }
    }

    void addTo(Samples samples) {
        counts.addTo(samples);
    }

    private static List<String> labels(Stall stall) {
        String cause = stall.cause().name();
        StackTraceElement site = stall.site();
        if (site == null) {
            return List.of(cause, "", "", "", stall.loopGroup());
        }
        String api = stall.api() == null ? "" : stall.api();
        return List.of(
                cause,
                api,
                Metrics.siteOf(site),
                Findings.fingerprint(api.isEmpty() ? cause : api, site, stall.loopGroup()),
                stall.loopGroup());
    }
}
