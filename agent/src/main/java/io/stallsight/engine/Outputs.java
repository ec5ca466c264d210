package io.stallsight.engine;

import io.stallsight.engine.catalog.rule.HostRule;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.config.TraceEvents;
import io.stallsight.engine.control.FindingFeed;
import io.stallsight.engine.control.Operator;
import io.stallsight.engine.detect.Detection;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.finding.Findings;
import io.stallsight.engine.finding.RequestFollower;
import io.stallsight.engine.finding.SpanEvents;
import io.stallsight.engine.host.Hosts;
import io.stallsight.engine.host.TracerOutput;
import io.stallsight.engine.http.HttpServer;
import io.stallsight.engine.instrument.HookTable;
import io.stallsight.engine.jfr.JfrOutput;
import io.stallsight.engine.jmx.JmxOutput;
import io.stallsight.engine.log.LogOutput;
import io.stallsight.engine.metrics.BlockedTimes;
import io.stallsight.engine.metrics.Metrics;
import io.stallsight.engine.metrics.micrometer.MicrometerOutput;
import io.stallsight.engine.metrics.opentelemetry.OpenTelemetryOutput;
import io.stallsight.engine.metrics.otlp.OtlpPush;
import io.stallsight.engine.metrics.prometheus.MetricsText;
import io.stallsight.engine.picture.LivePicture;
import io.stallsight.engine.picture.Picture;
import io.stallsight.engine.picture.WallClock;
import io.stallsight.engine.recording.LentRecordings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where everything that is found goes, and what people change the running agent by. */
final class Outputs {

    private final LogOutput log;
    private final @Nullable JfrOutput jfr;
    private final @Nullable LentRecordings lent;
    private final FindingFeed feed;
    private final Findings findings;
    private final FactListener facts;
    private final Requests requests;
    private final Hosts hosts;
    private final @Nullable OtlpPush otlp;
    private final @Nullable HttpServer http;

    Outputs(Inputs inputs, Detection detection) {
        Config config = inputs.config();
        HookTable hooks = inputs.hooks();
        PackageOpener opener = inputs.opener();
        log = new LogOutput(opener::open, config.traceUrl());
        Module jfrModule = ModuleLayer.boot().findModule("jdk.jfr").orElse(null);
        jfr = jfrModule == null
                ? null
                : new JfrOutput(hooks::statuses, name -> opener.open(jfrModule, name), detection.nonBlocking()::withId);
        lent = jfrModule == null ? null : new LentRecordings();
        feed = new FindingFeed(detection.glimpses());
        SelfView self = new SelfView(config, detection.settings());
        Picture picture =
                Picture.live(TimeUnit.NANOSECONDS.toMillis(config.interval()), WallClock.ofRunningJvm(), self::process);
        LivePicture live = new LivePicture(picture, () -> SelfView.hooks(hooks), self::agent);
        BlockedTimes blocked = new BlockedTimes();
        RequestFollower follower = new RequestFollower(detection.requests().handedOn());
        findings = new Findings(Stream.of(
                        jfr,
                        log,
                        feed,
                        live,
                        blocked,
                        follower,
                        config.traceEvents() == TraceEvents.ON ? new SpanEvents(detection.traces()) : null)
                .filter(Objects::nonNull)
                .toList());
        Metrics metrics = new Metrics(
                findings,
                blocked,
                hooks::statuses,
                () -> detection.settings().get().mode(),
                config);
        Operator operator = new Operator(config, detection, () -> {
            findings.clear();
            picture.reset();
        });
        JmxOutput jmx = new JmxOutput(findings, new OperatorBean(operator));
        facts = FactOutputs.of(jfr, log, feed, metrics, live, jmx, follower);
        requests = new Requests(lent, operator);
        hosts = new Hosts(
                inputs.catalog().hosts(),
                Map.of(
                        HostRule.Role.MICROMETER, new MicrometerOutput(metrics),
                        HostRule.Role.MBEAN_SERVER, jmx,
                        HostRule.Role.OPEN_TELEMETRY, new OpenTelemetryOutput(metrics),
                        HostRule.Role.TRACER, new TracerOutput(detection.traces())),
                config.interval());
        otlp = otlp(config, metrics);
        Dashboard dashboard = new Dashboard(picture, hooks, operator, new MetricsText(metrics));
        http = config.http() == null ? null : http(config, config.http(), dashboard, inputs.status());
    }

    private @Nullable OtlpPush otlp(Config config, Metrics metrics) {
        if (config.otlp() == null) {
            return null;
        }
        if (ModuleLayer.boot().findModule("java.net.http").isEmpty()) {
            log.warn("option otlp needs module java.net.http, which this JVM was started without"
                    + " (--add-modules java.net.http adds it); no metrics are pushed");
            return null;
        }
        return new OtlpPush(config.otlp(), metrics, System.getenv(), log::warn);
    }

    private HttpServer http(Config config, String address, Dashboard dashboard, AgentStatus status) {
        HttpServer.Log lines = new HttpServer.Log(
                url -> {
                    status.dashboard(url);
                    log.info("dashboard: " + url);
                },
                log::warn);
        String token = config.httpToken() == null ? null : config.httpToken().text();
        return new HttpServer(address, token, config.interval(), dashboard, lines);
    }

    LogOutput log() {
        return log;
    }

    /** Takes blocking calls. */
    Findings findings() {
        return findings;
    }

    /** Takes what the rooms observe. */
    FactListener facts() {
        return facts;
    }

    /** What the test support listens to. */
    FindingFeed feed() {
        return feed;
    }

    /** Takes the objects of the application that show metrics. */
    Hosts hosts() {
        return hosts;
    }

    /** Answers the command line. */
    Requests requests() {
        return requests;
    }

    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        if (jfr != null && lent != null) {
            parts.add(Part.untilDetach(jfr::start, jfr::stop));
            parts.add(Part.untilDetach(() -> {}, lent::stop));
        }
        parts.add(Part.untilExit(log::start, log::stop));
        parts.add(Part.untilExit(hosts::start, hosts::stop));
        if (otlp != null) {
            parts.add(Part.untilExit(otlp::start, otlp::stop));
        }
        if (http != null) {
            parts.add(Part.untilExit(http::start, http::stop));
        }
        return parts;
    }
}
