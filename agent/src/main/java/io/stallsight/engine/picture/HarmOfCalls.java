package io.stallsight.engine.picture;

import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.fact.Stall;
import java.util.HashMap;
import java.util.Map;

/**
 * The harm of blocking calls. The number of connections that waited for a call is known only when its loop has polled
 * again. A stall brings its own number. Shorter calls wait here for the {@link LoopSample} of their loop, which says
 * how many connections waited for such ticks on average. Guarded by the picture.
 */
final class HarmOfCalls {

    /**
     * A thread that is no loop never gets a sample. A picture has fewer loops than this; where there are more threads,
     * the short calls so far count without harm.
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

    /** A stall has ended whose cause is a call of the site. */
    void stalled(Stall stall, SiteHistory site, long now) {
        site.addHarm(stall.harmSeconds());
        site.changed = now;
        Map<SiteHistory, Double> ofLoop = seconds.get(stall.threadName());
        if (ofLoop != null) {
            double ofStall = stall.nanos() / 1e9;
            ofLoop.computeIfPresent(site, (same, blocked) -> blocked > ofStall ? blocked - ofStall : null);
        }
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
