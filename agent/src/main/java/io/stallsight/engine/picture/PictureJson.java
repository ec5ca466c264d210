package io.stallsight.engine.picture;

import com.grack.nanojson.JsonAppendableWriter;
import com.grack.nanojson.JsonWriter;
import io.stallsight.engine.fact.AgentCost;
import io.stallsight.engine.fact.HookStatus;
import io.stallsight.engine.fact.ObservedJvm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a picture in the shape of docs/api.md. */
public final class PictureJson {

    private static final int VERSION = 1;
    private static final int MAX_FINDINGS = 200;

    /** Charts of more pools nobody looks at. */
    private static final int MAX_POOLS_WITH_SERIES = 40;

    private final View view;
    private final JsonAppendableWriter json;
    private final JsonFields fields;
    private final FactJson facts;

    private PictureJson(View view, JsonAppendableWriter json) {
        this.view = view;
        this.json = json;
        this.fields = new JsonFields(json, view.range());
        this.facts = new FactJson(view, json, fields);
    }

    /** The JSON text; made in one go, so that a slow reader holds up nobody. */
    public static String of(Picture picture, PictureQuery query) {
        return picture.view(query, view -> {
            StringBuilder text = new StringBuilder(1 << 16);
            JsonAppendableWriter json = JsonWriter.on(text);
            new PictureJson(view, json).write();
            json.done();
            return text.toString();
        });
    }

    private void write() {
        Range range = view.range();
        json.object()
                .value("api", VERSION)
                .value("source", range.source().word())
                .value("now", view.now())
                .value("from", view.from())
                .value("step", range.step())
                .value("columns", range.end() - range.first())
                .value("delta", range.since() != 0);
        process(view.process());
        verdict(view.verdict());
        json.array("loops");
        view.loops().forEach(facts::loop);
        json.end();
        json.array("stalls");
        view.stalls().forEach(facts::stall);
        json.end();
        List<SiteHistory> findings = view.findings();
        json.array("findings");
        findings.stream().limit(MAX_FINDINGS).forEach(facts::finding);
        json.end();
        json.array("pools");
        int shown = 0;
        for (PoolHistory pool : view.pools()) {
            facts.pool(pool, shown++ < MAX_POOLS_WITH_SERIES);
        }
        json.end();
        json.array("exhaustions");
        view.exhaustions().forEach(facts::exhaustion);
        json.end();
        json.array("downstreams");
        view.downstreams().forEach(facts::downstream);
        json.end();
        json.array("notices");
        view.notices().forEach(facts::notice);
        json.end();
        hooks(view.hooks());
        cost(view.cost());
        json.object("left")
                .value("loops", view.leftLoops())
                .value("stalls", view.leftStalls())
                .value("exhaustions", view.leftExhaustions())
                .value("notices", view.leftNotices())
                .value("pools", view.leftPools())
                .value("downstreams", view.leftDownstreams())
                .value("findings", view.leftFindings() + Math.max(0, findings.size() - MAX_FINDINGS))
                .end();
        json.end();
    }

    private void process(ObservedJvm process) {
        json.object("process");
        fields.number("pid", process.pid());
        json.value("name", process.name())
                .value("java", process.java())
                .value("agent", process.agent())
                .value("started", process.started())
                .value("mode", process.mode())
                .value("cpus", process.cpus())
                .value("zone", process.zoneId().getId())
                .value("stallThreshold", JsonFields.millis(process.stallThreshold()))
                .value("detail", process.detail())
                .value("traceUrl", process.traceUrl())
                .end();
    }

    private void verdict(Verdict verdict) {
        json.object("verdict")
                .value("level", verdict.level().word())
                .value("label", verdict.label())
                .value("text", verdict.text())
                .array("more", verdict.more())
                .array("links");
        verdict.links().forEach(this::link);
        json.end().array("moreLinks");
        for (List<Verdict.Link> links : verdict.moreLinks()) {
            json.array();
            links.forEach(this::link);
            json.end();
        }
        json.end().end();
    }

    private void link(Verdict.Link link) {
        json.object().value("to", link.to()).value("id", link.id()).end();
    }

    private void hooks(List<HookStatus> hooks) {
        if (hooks.isEmpty()) {
            json.nul("hooks");
            return;
        }
        json.object("hooks")
                .value("woven", count(hooks, HookStatus.State.WOVEN))
                .value("waiting", count(hooks, HookStatus.State.WAITING))
                .array("holes");
        for (HookStatus hook : hooks) {
            if (hook.isHole()) {
                json.object()
                        .value("hook", hook.hook())
                        .value("problem", hook.problem() == null ? "" : hook.problem())
                        .end();
            }
        }
        json.end().end();
    }

    private static long count(List<HookStatus> hooks, HookStatus.State state) {
        return hooks.stream().filter(hook -> hook.state() == state).count();
    }

    private void cost(@Nullable AgentCost cost) {
        if (cost == null) {
            json.nul("agent");
            return;
        }
        json.object("agent");
        fields.share("cpu", cost.cpu());
        json.value("errors", cost.errors())
                .value("firstError", cost.firstError())
                .value("dropped", cost.dropped())
                .end();
    }
}
