package io.stallsight.engine.metrics;

import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.finding.Findings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counters of stalls by cause and site. An ongoing stall is reported repeatedly. It is counted at its first report, and
 * each report adds the time since the one before, so that the counters also show a loop that never returns. The
 * histograms get it at its end.
 */
final class StallCounters {

    private final CounterTable counters =
            CounterTable.keepingFirstLabel(Limits.MAX_SITES, Metric.STALLS, Metric.STALL_TIME, Metric.STALL_HARM);

    private final HistogramTable durations = new HistogramTable(Metric.STALL_DURATION, Limits.MAX_KINDS);

    private final HistogramTable lost = new HistogramTable(Metric.REQUEST_LOST, Limits.MAX_KINDS);

    /** For each ongoing stall, by its id. */
    private final Map<Long, Counted> ongoing = new HashMap<>();

    /** What the counters already contain of a stall. */
    private record Counted(long nanos, double harm) {

        static final Counted NOTHING = new Counted(0, 0);
    }

    void add(Stall stall) {
        boolean isFirst = !ongoing.containsKey(stall.id());
        Counted counted = ongoing.getOrDefault(stall.id(), Counted.NOTHING);
        double seconds = Math.max(0, stall.nanos() - counted.nanos) / Metrics.NANOS_PER_SECOND;
        double harm = Math.max(0, stall.harmSeconds() - counted.harm);
        counters.add(labels(stall), isFirst ? 1 : 0, seconds, harm);
        if (stall.ongoing()) {
            ongoing.put(stall.id(), new Counted(stall.nanos(), counted.harm + harm));
        } else {
            ongoing.remove(stall.id());
            List<String> labels = List.of(stall.cause().name(), stall.loopGroup());
            durations.add(labels, stall.nanos(), stall.request());
            if (stall.victims().measured() > 0) {
                lost.add(labels, stall.victims().lost());
            }
        }
    }

    void addTo(Samples samples) {
        counters.addTo(samples);
        durations.addTo(samples);
        lost.addTo(samples);
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
