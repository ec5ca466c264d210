package io.stallsight.engine;

import io.stallsight.engine.blockhound.BlockHoundSupport;
import io.stallsight.engine.blockhound.Integrations;
import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.FrameRule;
import io.stallsight.engine.catalog.HostRule;
import io.stallsight.engine.config.BlockHoundCalls;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.config.Mode;
import io.stallsight.engine.control.Control;
import io.stallsight.engine.control.Operator;
import io.stallsight.engine.detect.Describer;
import io.stallsight.engine.detect.Detector;
import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.engine.finding.Findings;
import io.stallsight.engine.host.Hosts;
import io.stallsight.engine.http.HttpServer;
import io.stallsight.engine.instrument.HookInjector;
import io.stallsight.engine.instrument.HookTable;
import io.stallsight.engine.instrument.Installation;
import io.stallsight.engine.instrument.LoadedHosts;
import io.stallsight.engine.jfr.JfrOutput;
import io.stallsight.engine.jmx.JmxOutput;
import io.stallsight.engine.jmx.Operations;
import io.stallsight.engine.log.LogOutput;
import io.stallsight.engine.metrics.Metrics;
import io.stallsight.engine.metrics.micrometer.MicrometerOutput;
import io.stallsight.engine.metrics.opentelemetry.OpenTelemetryOutput;
import io.stallsight.engine.metrics.otlp.OtlpPush;
import io.stallsight.engine.metrics.prometheus.MetricsText;
import io.stallsight.engine.picture.LivePicture;
import io.stallsight.engine.picture.Picture;
import io.stallsight.engine.picture.ProcessRow;
import io.stallsight.engine.pinning.PinWatch;
import io.stallsight.engine.recording.LentRecordings;
import io.stallsight.engine.stack.RuleBook;
import io.stallsight.engine.thread.AgentThread;
import io.stallsight.hook.StallsightAgent;
import io.stallsight.hook.StallsightContexts;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightHook;
import io.stallsight.hook.StallsightThread;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One attach: everything from the hooks to the outputs. */
public final class Engine implements Attachment {

    private final LogOutput log;
    private final @Nullable JfrOutput jfr;
    private final @Nullable PinWatch pins;
    private final @Nullable LentRecordings lent;
    private final Requests requests;
    private final Detector detector;
    private final HookTable hooks;
    private final Installation installation;
    private final Monitors monitors;
    private final Findings findings;
    private final Metrics metrics;
    private final Hosts hosts;
    private final @Nullable OtlpPush otlp;
    private final LoadedHosts loadedHosts;
    private final Picture picture;
    private final SelfView self;
    private final Operator operator;
    private final RuleBook rules;
    private final BlockHoundSupport blockHound;
    private final @Nullable Integrations integrations;
    private final Control control = new Control();
    private final @Nullable HttpServer http;
    private final AgentThread atExit = new AgentThread("exit", this::finish);

    private Engine(Config config, Catalog catalog, Instrumentation instrumentation, AgentStatus status) {
        Module engine = Engine.class.getModule();
        ModuleLayer.boot()
                .findModule("java.management")
                .ifPresent(management -> HookInjector.open(instrumentation, management, "sun.management", engine));
        for (String needed : Describer.needs()) {
            HookInjector.open(instrumentation, Object.class.getModule(), needed, engine);
        }
        for (String needed : Monitors.needs()) {
            HookInjector.open(instrumentation, Object.class.getModule(), needed, engine);
        }
        self = new SelfView(config);
        hooks = new HookTable(catalog);
        log = new LogOutput(in -> HookInjector.open(instrumentation, in, engine));
        NonBlockingThreads nonBlocking = new NonBlockingThreads();
        jfr = jfrOutput(instrumentation, hooks, nonBlocking);
        picture = Picture.live(TimeUnit.NANOSECONDS.toMillis(config.interval()), this::process);
        LivePicture live = new LivePicture(picture, () -> SelfView.hooks(hooks), self::agent);
        findings = new Findings(jfr == null ? List.of(log, control, live) : List.of(jfr, log, control, live));
        metrics = new Metrics(findings, hooks, this::mode, config);
        JmxOutput jmx = new JmxOutput(findings, operations());
        monitors = new Monitors(
                catalog,
                config,
                nonBlocking,
                FactOutputs.of(jfr == null ? null : jfr.monitorEvents(), log, control, metrics, live, jmx));
        rules = new RuleBook(catalog.frameRules());
        detector = new Detector(catalog, config, rules, new Describer(), nonBlocking, findings, monitors, monitors);
        operator = new Operator(config, detector, rules);
        operator.onReset(findings::clear);
        operator.onReset(picture::reset);
        pins = jfr == null ? null : new PinWatch(detector.stacks(), monitors::pinned);
        if (pins != null) {
            monitors.onVirtualThreads(pins::start);
        }
        lent = jfr == null ? null : new LentRecordings();
        requests = new Requests(lent, operator);
        hosts = new Hosts(catalog.hosts(), config.interval());
        hosts.add(HostRule.Role.MICROMETER, new MicrometerOutput(metrics));
        hosts.add(HostRule.Role.MBEAN_SERVER, jmx);
        hosts.add(HostRule.Role.OPEN_TELEMETRY, new OpenTelemetryOutput(metrics));
        otlp = otlp(config);
        http = http(config, status);
        loadedHosts = new LoadedHosts(instrumentation, catalog.hosts());
        detector.onHost(hosts::seen);
        integrations = config.blockhound() == BlockHoundCalls.OFF
                ? null
                : new Integrations(catalog.libraryPackages(), log::warn);
        Integrations watching = integrations;
        installation = new Installation(instrumentation, catalog, hooks, (className, loader) -> {
            if (watching != null) {
                watching.loading(className, loader);
            }
            if (className.equals("org.slf4j.LoggerFactory")) {
                log.slf4jLoading(loader);
            }
        });
        blockHound = new BlockHoundSupport(
                config.blockhound(),
                catalog,
                detector,
                rules,
                installation,
                hooks,
                type -> HookInjector.open(instrumentation, type, engine),
                log::warn);
        detector.takeOverBy(blockHound::takeOver);
        control.connect(detector, inside());
        StallsightThread.watchUnnamedThreads(false);
        StallsightThread.watchVirtualThreads(!config.threads().isEmpty());
    }

    /** Starts detecting; what is returned restores the JVM. */
    static Attachment start(Config config, Catalog catalog, Instrumentation instrumentation, AgentStatus status) {
        Engine engine = new Engine(config, catalog, instrumentation, status);
        engine.start();
        return engine;
    }

    private void start() {
        StallsightAgent.attach(detector, hooks.flags());
        StallsightThread work = StallsightHook.beginAgentWork();
        try {
            if (jfr != null) {
                jfr.start();
            }
            log.start();
            monitors.start(detector, findings, () -> findings.rehearse(detector.rehearse()));
            installation.install();
            hosts.start();
            loadedHosts.find(hosts::seen);
            if (otlp != null) {
                otlp.start();
            }
            reportHoles();
            blockHound.warnIfBlockHoundIsActive();
            if (integrations != null) {
                detector.onThreadStart(integrations::threadStarting);
                integrations.start(blockHound, isLate());
            }
            if (http != null) {
                http.start();
            }
            Runtime.getRuntime().addShutdownHook(atExit);
            StallsightAgent.setService(control);
        } finally {
            StallsightHook.endAgentWork(work);
        }
    }

    @Override
    public String answer(String request) {
        StallsightThread work = StallsightHook.beginAgentWork();
        try {
            return requests.answer(request);
        } finally {
            StallsightHook.endAgentWork(work);
        }
    }

    @Override
    public void stop() {
        StallsightAgent.setService(null);
        StallsightContexts.stop();
        StallsightThread work = StallsightHook.beginAgentWork();
        try {
            installation.remove();
        } finally {
            StallsightHook.endAgentWork(work);
        }
        StallsightAgent.detach();
        detector.forgetThreads();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            return; // the hook does the rest
        }
        if (pins != null) {
            pins.stop();
        }
        if (lent != null) {
            lent.stop();
        }
        if (jfr != null) {
            jfr.stop();
        }
        try {
            finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** At the end of the JVM as well; the events stay in JFR then, as it may write its recording later. */
    private void finish() throws InterruptedException {
        if (http != null) {
            http.stop();
        }
        monitors.stop();
        hosts.stop();
        if (otlp != null) {
            otlp.stop();
        }
        if (integrations != null) {
            integrations.stop();
        }
        log.stop();
        long errors = StallsightErrors.suppressed();
        if (errors > 0) {
            System.err.println("[stallsight] error: " + errors + " errors of the agent were suppressed; the first: "
                    + StallsightErrors.first());
        }
    }

    /** Whether the application runs already: an attach comes on a thread of the JVM's own. */
    private static boolean isLate() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        return group == null || group.getParent() == null;
    }

    private Operations operations() {
        return new Operations() {
            @Override
            public Map<String, String> settings() {
                return operator.settings();
            }

            @Override
            public void set(String key, String value) {
                operator.set(key, value);
            }

            @Override
            public void reset() {
                operator.reset();
            }
        };
    }

    private Mode mode() {
        return detector.settings().mode();
    }

    private ProcessRow process() {
        return self.process(detector.settings());
    }

    private void reportHoles() {
        List<HookTable.Row> holes = hooks.holes();
        if (holes.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        text.append(holes.size()).append(" hooks did not take on this JVM, so calls of these are not seen:");
        for (HookTable.Row hole : holes) {
            text.append("\n    ")
                    .append(hole.point().hook())
                    .append(" (")
                    .append(hole.problem())
                    .append(')');
        }
        log.warn(text.toString());
    }

    private Control.Inside inside() {
        return new Control.Inside() {
            @Override
            public boolean flush(long nanos) {
                return monitors.flush(nanos);
            }

            @Override
            public void expectLoops() {
                monitors.expectLoops(TimeUnit.SECONDS.toNanos(2));
            }

            @Override
            public List<FrameRule> userRules() {
                return rules.rules().stream()
                        .filter(rule -> rule.source().equals(Operator.OPTION_ALLOW))
                        .toList();
            }

            @Override
            public long hits(FrameRule rule) {
                return rules.hits(rule);
            }

            @Override
            public void mute(boolean mute) {
                log.mute(mute);
            }
        };
    }

    private @Nullable HttpServer http(Config config, AgentStatus status) {
        if (config.http() == null) {
            return null;
        }
        HttpServer.Log told = new HttpServer.Log(
                address -> {
                    status.dashboard(address);
                    log.info("dashboard: " + address);
                },
                log::warn);
        return new HttpServer(
                config.http(),
                config.httpToken() == null ? null : config.httpToken().text(),
                config.interval(),
                new Dashboard(picture, hooks, operator, new MetricsText(metrics)),
                told);
    }

    private @Nullable OtlpPush otlp(Config config) {
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

    private static @Nullable JfrOutput jfrOutput(
            Instrumentation instrumentation, HookTable hooks, NonBlockingThreads threads) {
        Module module = ModuleLayer.boot().findModule("jdk.jfr").orElse(null);
        if (module == null) {
            return null;
        }
        return new JfrOutput(
                hooks,
                packageName -> HookInjector.open(instrumentation, module, packageName, Engine.class.getModule()),
                threads::withId);
    }
}
