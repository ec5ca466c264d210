package io.stallsight.engine.control;

import io.stallsight.engine.detect.Glimpses;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.SelfDeadlock;
import io.stallsight.engine.fact.Stall;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts facts into maps of JDK types, for the test support. Durations and times are in nanoseconds. */
final class Events {

    private Events() {}

    /** Null for a kind of fact that is no finding. */
    static @Nullable Map<String, Object> of(Fact fact) {
        if (fact instanceof Stall stall) {
            return of(stall);
        }
        if (fact instanceof PoolExhaustion exhaustion) {
            return of(exhaustion);
        }
        return fact instanceof SelfDeadlock deadlock ? of(deadlock) : null;
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
                Map.entry("fix", call.advice()),
                Map.entry("context", call.context()));
    }

    static Map<String, Object> of(Glimpses.LoopTime loop) {
        return Map.of("thread", loop.thread(), "busy", loop.busy(), "ticks", loop.ticks());
    }

    private static Map<String, Object> of(Stall stall) {
        return Map.ofEntries(
                Map.entry("type", "stall"),
                Map.entry("id", stall.id()),
                Map.entry("ongoing", stall.ongoing()),
                Map.entry("cause", stall.cause().name()),
                Map.entry("api", stall.api() == null ? "" : stall.api()),
                Map.entry("fix", stall.cause().fix()),
                Map.entry("nanos", stall.nanos()),
                Map.entry("own", stall.own()),
                Map.entry("start", stall.start()),
                Map.entry("thread", stall.threadName()),
                Map.entry("loopGroup", stall.loopGroup()),
                Map.entry("stack", stall.stack()),
                Map.entry("site", stall.site() == null ? List.of() : List.of(stall.site())),
                Map.entry("evidence", stall.evidence()),
                Map.entry("context", stall.context()));
    }

    private static Map<String, Object> of(PoolExhaustion exhaustion) {
        return Map.ofEntries(
                Map.entry("type", "poolExhausted"),
                Map.entry("id", exhaustion.id()),
                Map.entry("pool", exhaustion.name()),
                Map.entry("poolType", exhaustion.type()),
                Map.entry("nanos", exhaustion.nanos()),
                Map.entry("start", exhaustion.start()),
                Map.entry("max", exhaustion.max()),
                Map.entry("queued", exhaustion.queued()),
                Map.entry("site", exhaustion.topSite()),
                Map.entry("evidence", exhaustion.evidence()),
                Map.entry("advice", exhaustion.advice()));
    }

    private static Map<String, Object> of(SelfDeadlock deadlock) {
        return Map.ofEntries(
                Map.entry("type", "selfDeadlock"),
                Map.entry("nanos", deadlock.nanos()),
                Map.entry("thread", deadlock.threadName()),
                Map.entry("loopGroup", deadlock.loopGroup()),
                Map.entry("stack", deadlock.stack()),
                Map.entry("site", deadlock.site()),
                Map.entry("fix", SelfDeadlock.FIX),
                Map.entry("evidence", deadlock.explanation()),
                Map.entry("context", deadlock.context()));
    }
}
