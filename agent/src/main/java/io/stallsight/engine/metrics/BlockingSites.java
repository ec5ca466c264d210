package io.stallsight.engine.metrics;

import io.stallsight.engine.finding.Finding;
import io.stallsight.engine.finding.Findings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Series of blocking calls: one for each of the findings that cost most time, and one for all others.
 *
 * <p>A counter must never go back, and findings come and go ({@link Findings}). So each call stays in the series in
 * which it was exported first: a finding that was among the others and gets a series of its own begins there at 0, and
 * the calls of a forgotten finding stay among the others unless it had a series of its own. Not thread-safe.
 */
final class BlockingSites {

    private static final List<String> OTHERS =
            List.of(Limits.OTHERS, Limits.OTHERS, Limits.OTHERS, Limits.OTHERS, Limits.OTHERS);

    private final SeriesSlots slots = new SeriesSlots(Limits.MAX_SITES);
    private final Map<String, Own> own = new HashMap<>();

    /** Fingerprints of findings that are exported among the others. */
    private final Set<String> amongOthers = new HashSet<>();

    /** Calls that stay among the others though their finding does not, less those that were exported elsewhere. */
    private long carriedCalls;

    private long carriedNanos;

    /** The total is read only once: sorting fails if a sort key changes meanwhile. */
    private record Total(Finding finding, long calls, long nanos) {
        String fingerprint() {
            return finding.fingerprint();
        }
    }

    /** A series of its own: what the finding had before it, and its total when it was exported last. */
    private record Own(long callsBefore, long nanosBefore, long calls, long nanos) {}

    void addTo(Samples samples, List<Finding> findings, Findings.Forgotten forgotten) {
        List<Total> totals = new ArrayList<>(findings.size());
        Set<String> present = new HashSet<>();
        for (Finding finding : findings) {
            totals.add(new Total(finding, finding.count(), finding.totalNanos()));
            present.add(finding.fingerprint());
        }
        totals.sort(Comparator.comparingLong(Total::nanos).reversed());
        release(present, forgotten.findings() == 0);
        long otherCalls = forgotten.calls();
        long otherNanos = forgotten.totalNanos();
        boolean hasOthers = forgotten.findings() > 0;
        for (Total total : totals) {
            if (slots.claim(total.fingerprint())) {
                addOwn(samples, total);
            } else {
                amongOthers.add(total.fingerprint());
                otherCalls += total.calls;
                otherNanos += total.nanos;
                hasOthers = true;
            }
        }
        if (hasOthers) {
            add(samples, otherCalls + carriedCalls, otherNanos + carriedNanos, OTHERS);
        }
    }

    /** @param reset whether findings that are missing were reset and not forgotten: everything begins at 0 again */
    private void release(Set<String> present, boolean reset) {
        slots.release(fingerprint -> !present.contains(fingerprint));
        amongOthers.retainAll(present);
        own.entrySet().removeIf(each -> {
            boolean gone = !present.contains(each.getKey());
            if (gone) {
                carriedCalls -= each.getValue().calls;
                carriedNanos -= each.getValue().nanos;
            }
            return gone;
        });
        if (reset) {
            carriedCalls = 0;
            carriedNanos = 0;
        }
    }

    private void addOwn(Samples samples, Total total) {
        Own before = own.get(total.fingerprint());
        Own now;
        if (before != null) {
            now = new Own(before.callsBefore, before.nanosBefore, total.calls, total.nanos);
        } else if (amongOthers.remove(total.fingerprint())) {
            now = new Own(total.calls, total.nanos, total.calls, total.nanos);
            carriedCalls += total.calls;
            carriedNanos += total.nanos;
        } else {
            now = new Own(0, 0, total.calls, total.nanos);
        }
        own.put(total.fingerprint(), now);
        add(samples, now.calls - now.callsBefore, now.nanos - now.nanosBefore, labels(total.finding));
    }

    private static void add(Samples samples, long calls, long nanos, List<String> labels) {
        samples.add(Metric.BLOCKING_CALLS, calls, labels);
        samples.add(Metric.BLOCKING_TIME, nanos / Metrics.NANOS_PER_SECOND, labels);
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
