package io.stallsight.engine.picture;

import com.grack.nanojson.JsonAppendableWriter;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Cause;
import io.stallsight.engine.fact.DownstreamSample;
import io.stallsight.engine.fact.InFlight;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.fact.Notice;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.fact.RequestCount;
import io.stallsight.engine.fact.Stall;
import io.stallsight.frame.Frames;
import java.util.List;

/** Writes each fact in the shape of docs/api.md. */
final class FactJson {

    private final View view;
    private final Shape shape;
    private final JsonAppendableWriter json;
    private final JsonFields fields;

    FactJson(View view, JsonAppendableWriter json, JsonFields fields) {
        this.view = view;
        this.shape = view.shape();
        this.json = json;
        this.fields = fields;
    }

    void loop(LoopHistory loop) {
        LoopSample last = loop.last();
        json.object()
                .value("id", last.name())
                .value("group", last.loopGroup())
                .value("state", view.state(loop).word());
        fields.duration("lagP50", last.lagP50());
        fields.duration("lagP90", last.lagP90());
        fields.duration("lagP99", last.lagP99());
        fields.duration("lagMax", last.lagMax());
        fields.share("utilization", last.utilization());
        fields.number("ticks", last.ticks());
        fields.number("tasks", last.tasks());
        fields.duration("tickP50", last.tickP50());
        fields.duration("tickP99", last.tickP99());
        fields.duration("tickMax", last.tickMax());
        fields.number("pending", last.pending());
        fields.number("channels", last.channels());
        fields.duration("runningFor", last.runningFor());
        fields.duration("oldestTask", last.oldestTask());
        json.object("series");
        fields.series("lagP99", loop.lagP99, 1e6);
        fields.series("lagMax", loop.lagMax, 1e6);
        fields.series("utilization", loop.utilization, 1);
        fields.series("pending", loop.pending, 1);
        fields.series("ticks", loop.ticks, 1);
        json.end().end();
    }

    void stall(Stall stall) {
        json.object()
                .value("id", Long.toString(stall.id()))
                .value("loop", stall.threadName())
                .value("group", stall.loopGroup())
                .value("start", view.start(stall))
                .value("duration", JsonFields.millis(stall.nanos()))
                .value("ongoing", stall.ongoing())
                .value("cause", stall.cause().name())
                .object("split");
        for (Cause cause : Cause.values()) {
            if (stall.split().containsKey(cause)) {
                json.value(cause.name(), JsonFields.millis(stall.part(cause)));
            }
        }
        json.end();
        fields.frame("site", stall.site());
        json.value("api", stall.api());
        request(stall.request());
        json.array(
                "victims",
                stall.victims().byName().stream()
                        .map(victim -> victim.count() + " " + victim.request())
                        .toList());
        json.value("victimsText", stall.victims().text());
        fields.duration("lost", stall.victims().lostNanos());
        json.value("fingerprint", View.fingerprint(stall))
                .value("evidence", stall.evidence())
                .value("fix", stall.cause().fix());
        fields.number("waiting", stall.waiting());
        json.value("harm", JsonFields.rounded(stall.harmSeconds()));
        fields.duration("cpu", stall.cpu());
        fields.duration("throttled", stall.throttled());
        json.value("samples", stall.samples())
                .value("samplesAtSite", stall.samplesAtSite())
                .value("reduced", stall.reduced())
                .value("tasks", stall.tasks())
                .array("topTasks", stall.topTasks())
                .value("owner", stall.owner());
        fields.frame("ownerSite", stall.ownerSite());
        fields.stack("ownerStack", stall.ownerStack());
        fields.stack("stack", stall.stack());
        json.array("profile");
        for (Stall.Seen seen : stall.profile()) {
            json.object().value("count", seen.count());
            fields.stack("stack", seen.stack());
            json.end();
        }
        json.end().end();
    }

    private void request(Request request) {
        json.value("request", request.name())
                .value("handedOn", request.handedOn())
                .value("traceId", request.traceId())
                .value("spanId", request.spanId());
    }

    void finding(SiteHistory site) {
        BlockingCall last = site.last();
        json.object()
                .value("fingerprint", site.fingerprint())
                .value("kind", last.kind().name())
                .value("api", last.api())
                .value("site", last.siteText())
                .value("group", last.loopGroup())
                .value("thread", last.threadName())
                .value("count", site.durations().count())
                .value("total", JsonFields.millis(site.durations().total()))
                .value("p50", JsonFields.millis(site.durations().quantile(0.5)))
                .value("p99", JsonFields.millis(site.durations().quantile(0.99)))
                .value("max", JsonFields.millis(site.durations().max()))
                .value("first", site.firstSeen)
                .value("last", site.lastSeen)
                .value("harm", JsonFields.rounded(site.harm()))
                .value("detail", shape.detail(last.detail()));
        request(last.request());
        json.value("fix", last.fix()).value("allow", last.allowRule());
        fields.stack("stack", last.stack());
        json.object("series");
        fields.series("count", site.count, 1);
        fields.series("total", site.total, 1e6);
        json.end().end();
    }

    void pool(PoolHistory pool, boolean withSeries) {
        PoolSample last = pool.last();
        json.object()
                .value("id", last.name())
                .value("type", last.type())
                .value("kind", last.kind().word())
                .value("executors", last.executors())
                .value("state", view.state(pool).word());
        fields.number("active", last.active());
        fields.number("size", last.size());
        fields.number("max", last.max());
        fields.number("queued", last.queued());
        fields.number("capacity", last.capacity());
        fields.duration("waitP50", last.waitP50());
        fields.duration("waitP99", last.waitP99());
        fields.duration("waitMax", last.waitMax());
        fields.duration("oldestTask", last.oldestTask());
        fields.duration("runP50", last.runP50());
        fields.duration("runP99", last.runP99());
        fields.duration("runMax", last.runMax());
        fields.number("completed", last.completed());
        fields.number("rejected", last.rejected());
        fields.share("saturation", last.saturation());
        if (withSeries) {
            json.object("series");
            fields.series("saturation", pool.saturation, 1);
            fields.series("queued", pool.queued, 1);
            fields.series("waitMax", pool.waitMax, 1e6);
            json.end();
        } else {
            json.nul("series");
        }
        json.end();
    }

    void exhaustion(PoolExhaustion exhaustion) {
        json.object()
                .value("id", Long.toString(exhaustion.id()))
                .value("pool", exhaustion.name())
                .value("start", view.start(exhaustion))
                .value("duration", JsonFields.millis(exhaustion.nanos()))
                .value("last", view.end(exhaustion))
                .value("ongoing", exhaustion.ongoing())
                .value("evidence", exhaustion.evidence())
                .value("advice", exhaustion.fix())
                .array("sites");
        sites(exhaustion.sites());
        json.end().array("waiters");
        sites(exhaustion.waiters());
        json.end()
                .array(
                        "requests",
                        exhaustion.requests().stream().map(RequestCount::text).toList())
                .array(
                        "waitingRequests",
                        exhaustion.waitingRequests().stream()
                                .map(RequestCount::text)
                                .toList())
                .end();
    }

    private void sites(List<PoolExhaustion.Site> sites) {
        for (PoolExhaustion.Site site : sites) {
            StackTraceElement frame = site.frame();
            json.object()
                    .value("workers", site.workers())
                    .value("site", frame == null ? "" : Frames.describe(frame))
                    .value("doing", shape.detail(site.doing()));
            fields.stack("stack", site.stack());
            json.end();
        }
    }

    void downstream(DownstreamHistory downstream) {
        DownstreamSample last = downstream.last();
        InFlight connections = last.connections();
        InFlight requests = last.requests();
        json.object()
                .value("id", shape.downstream(last.name()))
                .value("inFlight", connections.now())
                .value("peak", connections.peak())
                .value("highWater", connections.highWater())
                .value("connects", connections.begun())
                .value("failed", connections.failed())
                .value("requestsInFlight", requests.now())
                .value("requestsPeak", requests.peak())
                .value("requestsHighWater", requests.highWater())
                .value("requests", requests.begun())
                .value("requestsFailed", requests.failed())
                .object("series");
        fields.series("peak", downstream.peak, 1);
        fields.series("requestsPeak", downstream.requestsPeak, 1);
        json.end().end();
    }

    void notice(Notice notice) {
        StackTraceElement site = notice.site();
        json.object()
                .value("type", notice.type().word())
                .value("time", view.shownAt(notice))
                .value("thread", notice.threadName())
                .value("site", site == null ? "" : Frames.describe(site))
                .value("text", shape.hosts(notice.text()))
                .value("request", notice.request().name())
                .value("handedOn", notice.request().handedOn())
                .value("fix", notice.fix());
        fields.stack("stack", notice.stack());
        json.end();
    }
}
