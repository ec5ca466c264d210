package io.stallsight.engine.control;

import io.stallsight.engine.detect.Glimpses;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.SelfDeadlock;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.fact.Victims;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes facts as maps of JDK types, for the test support: its classes may be in another loader. Class
 * {@code FindingReader} of {@code io.stallsight.api} reads them, key by key; a key that is not known is absent.
 * Durations are nanoseconds.
 */
final class Events {

    private Events() {}

    /** Returns null for a kind of fact that the test support does not use. */
    static @Nullable Map<String, Object> of(Fact fact) {
        if (fact instanceof Stall stall) {
            return of(stall);
        }
        if (fact instanceof PoolExhaustion exhaustion) {
            return exhaustion.ongoing() ? of(exhaustion) : null; // its end makes nothing worse
        }
        return fact instanceof SelfDeadlock deadlock && deadlock.certainty() != SelfDeadlock.Certainty.WITHDRAWN
                ? of(deadlock)
                : null;
    }

    static Map<String, Object> of(BlockingCall call, String fingerprint, boolean requested) {
        return Map.ofEntries(
                Map.entry("type", "blockingCall"),
                Map.entry("fingerprint", fingerprint),
                Map.entry("kind", call.kind().name()),
                Map.entry("api", call.api()),
                Map.entry("detail", call.detail()),
                Map.entry("nanos", call.nanos()),
                Map.entry("thread", call.threadName()),
                Map.entry("loopGroup", call.loopGroup()),
                Map.entry("stack", call.stack()),
                Map.entry("site", call.site()),
                Map.entry("requested", requested),
                Map.entry("fix", call.fix()),
                Map.entry("request", call.request().name()),
                Map.entry("traceId", call.request().traceId()),
                Map.entry("context", ofTest(call.context())));
    }

    static Map<String, Object> of(Glimpses.LoopTime loop) {
        return Map.of("thread", loop.thread(), "busy", loop.busy(), "ticks", loop.ticks());
    }

    private static String behind(Victims victims) {
        return victims.isEmpty() ? "" : "; behind it " + victims.text();
    }

    private static Map<String, Object> of(Stall stall) {
        Map<String, Object> event = new HashMap<>();
        event.put("type", "stall");
        event.put("ongoing", stall.ongoing());
        event.put("cause", stall.cause().name());
        event.put("nanos", stall.nanos());
        event.put("own", stall.own());
        event.put("thread", stall.threadName());
        event.put("loopGroup", stall.loopGroup());
        event.put("stack", stall.stack());
        event.put("evidence", stall.evidence() + behind(stall.victims()));
        event.put("fix", stall.cause().fix());
        event.put("request", stall.request().name());
        event.put("traceId", stall.request().traceId());
        event.put("context", ofTest(stall.context()));
        if (stall.api() != null) {
            event.put("api", stall.api());
        }
        if (stall.site() != null) {
            event.put("site", stall.site());
        }
        return event;
    }

    /** Contexts of requests, which are negative, are of no test. */
    private static long ofTest(long context) {
        return Math.max(0, context);
    }

    private static Map<String, Object> of(PoolExhaustion exhaustion) {
        return Map.of(
                "type", "poolExhausted",
                "pool", exhaustion.name(),
                "nanos", exhaustion.nanos(),
                "evidence", exhaustion.details(),
                "fix", exhaustion.fix());
    }

    private static Map<String, Object> of(SelfDeadlock deadlock) {
        return Map.ofEntries(
                Map.entry("type", "selfDeadlock"),
                Map.entry("nanos", deadlock.nanos()),
                Map.entry("thread", deadlock.threadName()),
                Map.entry("loopGroup", deadlock.loopGroup()),
                Map.entry("stack", deadlock.stack()),
                Map.entry("site", deadlock.site()),
                Map.entry("evidence", deadlock.text()),
                Map.entry("fix", deadlock.fix()),
                Map.entry("request", deadlock.request().name()),
                Map.entry("context", ofTest(deadlock.context())));
    }
}
