package io.stallsight.engine.picture;

import com.grack.nanojson.JsonAppendableWriter;
import com.grack.nanojson.JsonWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a picture in the shape of docs/api.md. Nanoseconds become milliseconds there. */
public final class PictureJson {

    private static final int VERSION = 1;
    private static final int MOST_FINDINGS = 200;

    /** Charts of more pools nobody looks at. */
    private static final int POOLS_WITH_SERIES = 40;

    private final Picture.View view;
    private final Shape shape;
    private final JsonAppendableWriter json;

    private PictureJson(Picture.View view, JsonAppendableWriter json) {
        this.view = view;
        this.shape = Shape.of(view.process.detail());
        this.json = json;
    }

    /** The JSON text; made in one go, so that who reads it slowly holds up nobody. */
    public static String of(Picture picture, PictureQuery query) {
        StringBuilder text = new StringBuilder(1 << 16);
        picture.view(
                view -> {
                    JsonAppendableWriter json = JsonWriter.on(text);
                    new PictureJson(view, json).write();
                    json.done();
                },
                query);
        return text.toString();
    }

    private void write() {
        json.object()
                .value("api", VERSION)
                .value("source", view.source().word())
                .value("now", view.now)
                .value("from", view.first * view.step)
                .value("step", view.step)
                .value("columns", view.end - view.first)
                .value("delta", view.isDelta());
        process(view.process);
        verdict();
        List<Entry.Loop> loops = view.loops();
        json.array("loops");
        loops.forEach(this::loop);
        json.end();
        json.array("stalls");
        view.stalls().forEach(this::stall);
        json.end();
        List<Entry.Site> findings = view.findings();
        json.array("findings");
        findings.stream().limit(MOST_FINDINGS).forEach(this::finding);
        json.end();
        json.array("pools");
        int shown = 0;
        for (Entry.Pool pool : view.pools()) {
            pool(pool, shown++ < POOLS_WITH_SERIES);
        }
        json.end();
        json.array("exhaustions");
        view.exhaustions().forEach(this::exhaustion);
        json.end();
        json.array("downstreams");
        view.downstreams().forEach(this::downstream);
        json.end();
        json.array("notices");
        view.notices().forEach(this::notice);
        json.end();
        hooks(view.hooks());
        agent(view.agent());
        json.object("left")
                .value("loops", view.leftLoops())
                .value("pools", view.leftPools())
                .value("downstreams", view.leftDownstreams())
                .value("findings", view.leftFindings() + Math.max(0, findings.size() - MOST_FINDINGS))
                .end();
        json.end();
    }

    private void process(ProcessRow process) {
        json.object("process");
        number("pid", process.pid());
        json.value("name", process.name())
                .value("java", process.java())
                .value("agent", process.agent())
                .value("started", process.started())
                .value("mode", process.mode())
                .value("cpus", process.cpus())
                .value("stallThreshold", millis(process.stallThreshold()))
                .value("detail", process.detail())
                .end();
    }

    private void verdict() {
        Verdict verdict = Verdict.of(view);
        json.object("verdict")
                .value("level", verdict.level().word())
                .value("text", verdict.text())
                .array("more", verdict.more())
                .array("links");
        for (Verdict.Link link : verdict.links()) {
            json.object().value("to", link.to()).value("id", link.id()).end();
        }
        json.end().end();
    }

    private void loop(Entry.Loop loop) {
        LoopRow row = loop.row;
        json.object()
                .value("id", row.id())
                .value("group", row.group())
                .value("state", LoopState.of(view, loop).word());
        duration("lagP50", row.lagP50());
        duration("lagP90", row.lagP90());
        duration("lagP99", row.lagP99());
        duration("lagMax", row.lagMax());
        share("utilization", row.utilization());
        number("ticks", row.ticks());
        number("tasks", row.tasks());
        duration("tickP50", row.tickP50());
        duration("tickP99", row.tickP99());
        duration("tickMax", row.tickMax());
        number("pending", row.pending());
        number("channels", row.channels());
        duration("runningFor", row.runningFor());
        duration("oldestTask", row.oldestTask());
        json.object("series");
        series("lagP99", loop.lagP99, 1e6);
        series("lagMax", loop.lagMax, 1e6);
        series("utilization", loop.utilization, 1);
        series("pending", loop.pending, 1);
        series("ticks", loop.ticks, 1);
        json.end().end();
    }

    private void stall(StallRow row) {
        json.object()
                .value("id", row.id())
                .value("loop", row.loop())
                .value("group", row.group())
                .value("start", row.start())
                .value("duration", millis(row.nanos()))
                .value("ongoing", row.ongoing())
                .value("cause", row.cause())
                .object("split");
        for (Map.Entry<String, Long> part : row.split().entrySet()) {
            json.value(part.getKey(), millis(part.getValue()));
        }
        json.end()
                .value("site", row.site())
                .value("api", row.api())
                .value("fingerprint", row.fingerprint())
                .value("evidence", row.evidence())
                .value("fix", row.fix());
        number("waiting", row.waiting());
        json.value("harm", rounded(row.harm()));
        duration("cpu", row.cpu());
        duration("throttled", row.throttled());
        json.value("samples", row.samples())
                .value("samplesAtSite", row.samplesAtSite())
                .value("tasks", row.tasks())
                .array("topTasks", row.topTasks())
                .value("owner", row.owner())
                .value("ownerSite", row.ownerSite())
                .array("ownerStack", row.ownerStack())
                .array("stack", row.stack())
                .array("profile");
        for (StallRow.Profile seen : row.profile()) {
            json.object()
                    .value("count", seen.count())
                    .array("stack", seen.stack())
                    .end();
        }
        json.end().end();
    }

    private void finding(Entry.Site site) {
        CallRow last = site.last;
        json.object()
                .value("fingerprint", last.fingerprint())
                .value("kind", last.kind())
                .value("api", last.api())
                .value("site", last.site())
                .value("group", last.group())
                .value("thread", last.thread())
                .value("count", site.durations.count())
                .value("total", millis(site.durations.total()))
                .value("p50", millis(site.durations.quantile(0.5)))
                .value("p99", millis(site.durations.quantile(0.99)))
                .value("max", millis(site.durations.max()))
                .value("first", site.first)
                .value("last", site.lastSeen)
                .value("harm", rounded(site.harm))
                .value("detail", shape.detail(last.detail()))
                .value("fix", last.fix())
                .value("allow", last.allow())
                .array("stack", last.stack())
                .object("series");
        series("count", site.count, 1);
        series("total", site.total, 1e6);
        json.end().end();
    }

    private void pool(Entry.Pool pool, boolean withSeries) {
        PoolRow row = pool.row;
        json.object()
                .value("id", row.id())
                .value("type", row.type())
                .value("executors", row.executors())
                .value("state", PoolState.of(view, pool).word());
        number("active", row.active());
        number("size", row.size());
        number("max", row.max());
        number("queued", row.queued());
        number("capacity", row.capacity());
        duration("waitP50", row.waitP50());
        duration("waitP99", row.waitP99());
        duration("waitMax", row.waitMax());
        duration("oldestTask", row.oldestTask());
        duration("runP50", row.runP50());
        duration("runP99", row.runP99());
        duration("runMax", row.runMax());
        number("completed", row.completed());
        number("rejected", row.rejected());
        share("saturation", row.saturation());
        if (withSeries) {
            json.object("series");
            series("saturation", pool.saturation, 1);
            series("queued", pool.queued, 1);
            series("waitMax", pool.waitMax, 1e6);
            json.end();
        } else {
            json.nul("series");
        }
        json.end();
    }

    private void exhaustion(ExhaustionRow row) {
        json.object()
                .value("id", row.id())
                .value("pool", row.pool())
                .value("start", row.start())
                .value("duration", millis(row.nanos()))
                .value("last", row.end())
                .value("evidence", row.evidence())
                .value("advice", row.advice())
                .array("sites");
        for (ExhaustionRow.Site site : row.sites()) {
            json.object()
                    .value("workers", site.workers())
                    .value("site", site.site())
                    .value("doing", shape.detail(site.doing()))
                    .array("stack", site.stack())
                    .end();
        }
        json.end().end();
    }

    private void downstream(Entry.Downstream downstream) {
        DownstreamRow row = downstream.row;
        json.object()
                .value("id", shape.downstream(row.id()))
                .value("inFlight", row.inFlight())
                .value("peak", row.peak())
                .value("highWater", row.highWater())
                .value("connects", row.connects())
                .value("failed", row.failed())
                .object("series");
        series("peak", downstream.peak, 1);
        json.end().end();
    }

    private void notice(NoticeRow row) {
        json.object()
                .value("type", row.type().word())
                .value("time", row.time())
                .value("thread", row.thread())
                .value("site", row.site())
                .value("text", shape.hosts(row.text()))
                .value("fix", row.fix())
                .array("stack", row.stack())
                .end();
    }

    private void hooks(@Nullable HooksRow row) {
        if (row == null) {
            json.nul("hooks");
            return;
        }
        json.object("hooks")
                .value("woven", row.woven())
                .value("waiting", row.waiting())
                .array("holes");
        for (HooksRow.Hole hole : row.holes()) {
            json.object()
                    .value("hook", hole.hook())
                    .value("problem", hole.problem())
                    .end();
        }
        json.end().end();
    }

    private void agent(@Nullable AgentRow row) {
        if (row == null) {
            json.nul("agent");
            return;
        }
        json.object("agent");
        share("cpu", row.cpu());
        json.value("errors", row.errors())
                .value("firstError", row.firstError())
                .value("dropped", row.dropped())
                .end();
    }

    /** @param unit what the values are divided by */
    private void series(String name, Series series, double unit) {
        Ring ring = series.in(view.resolution);
        json.array(name);
        for (long column = view.first; column < view.end; column++) {
            float value = ring.at(column);
            if (Float.isNaN(value)) {
                json.nul();
            } else {
                json.value(rounded(value / unit));
            }
        }
        json.end();
    }

    private void number(String name, long value) {
        if (value < 0) {
            json.nul(name);
        } else {
            json.value(name, value);
        }
    }

    private void duration(String name, long nanos) {
        if (nanos < 0) {
            json.nul(name);
        } else {
            json.value(name, millis(nanos));
        }
    }

    private void share(String name, double value) {
        if (value < 0) {
            json.nul(name);
        } else {
            json.value(name, rounded(value));
        }
    }

    private static double millis(long nanos) {
        return rounded(nanos / 1e6);
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
