package io.stallsight.engine.picture;

import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.LoopSample;
import java.util.HashMap;
import java.util.Map;

/**
 * The harm of blocking calls. How many connections waited for a call is known only when its loop has polled again, so
 * the calls of an interval wait here for the {@link LoopSample} of their loop, which says how many waited on average.
 * Guarded by the picture.
 */
final class HarmOfCalls {

    /**
     * Threads that are no loops get no sample. So many are remembered at the most, which is more than a picture has.
     */
    private static final int MAX_THREADS = 1_000;

    /** For each thread, the seconds in calls of each site. */
    private final Map<String, Map<SiteHistory, Double>> seconds = new HashMap<>();

    void blocked(BlockingCall call, SiteHistory site) {
        if (seconds.size() >= MAX_THREADS && !seconds.containsKey(call.threadName())) {
            seconds.clear();
        }
        seconds.computeIfAbsent(call.threadName(), thread -> new HashMap<>())
                .merge(site, call.nanos() / 1e9, Double::sum);
    }

    void counted(LoopSample sample, long now) {
        Map<SiteHistory, Double> ofLoop = seconds.remove(sample.name());
        double waiting = Math.max(0, sample.waited()) + Math.max(0, sample.pending());
        if (ofLoop != null && waiting > 0) {
            ofLoop.forEach((site, blocked) -> {
                site.addHarm(blocked * waiting);
                site.changed = now;
            });
        }
    }

    void clear() {
        seconds.clear();
    }
}
