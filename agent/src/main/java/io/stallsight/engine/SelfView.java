package io.stallsight.engine;

import io.stallsight.engine.config.AgentVersion;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.config.Detail;
import io.stallsight.engine.detect.LiveSettings;
import io.stallsight.engine.detect.Settings;
import io.stallsight.engine.fact.AgentCost;
import io.stallsight.engine.fact.HookStatus;
import io.stallsight.engine.fact.ObservedJvm;
import io.stallsight.engine.instrument.HookTable;
import io.stallsight.engine.stall.StallWatch;
import io.stallsight.engine.thread.AgentCpu;
import io.stallsight.engine.thread.HungCalls;
import io.stallsight.hook.StallsightErrors;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the picture shows of this JVM and of the agent itself. */
final class SelfView {

    /** A share of less time is mostly that of one wake-up. */
    private static final long MIN_SHARE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final String detail;
    private final @Nullable String traceUrl;
    private final LiveSettings settings;
    private final String version = AgentVersion.text();
    private final long pid = ProcessHandle.current().pid();
    private double share = -1;
    private long lastCpu;
    private long lastLook = System.nanoTime();

    SelfView(Config config, LiveSettings settings) {
        this.settings = settings;
        detail = config.detail() == Detail.FULL ? "full" : "shape";
        traceUrl = config.traceUrl();
    }

    ObservedJvm process() {
        Settings current = settings.get();
        return new ObservedJvm(
                pid,
                name(System.getProperty("sun.java.command", "")),
                System.getProperty("java.runtime.version", Runtime.version().toString()),
                version,
                ProcessHandle.current()
                        .info()
                        .startInstant()
                        .map(Instant::toEpochMilli)
                        .orElse(0L),
                current.mode().name().toLowerCase(Locale.ROOT),
                current.stall(),
                Runtime.getRuntime().availableProcessors(),
                ZoneId.systemDefault().getId(),
                detail,
                traceUrl);
    }

    /** The main class, or the jar's name; no arguments, which may be secret. */
    static String name(String command) {
        int end = command.indexOf(' ');
        String first = end < 0 ? command : command.substring(0, end);
        return first.endsWith(".jar") ? String.valueOf(Path.of(first).getFileName()) : first;
    }

    /** The hooks, and what else is not seen on this JVM. */
    static List<HookStatus> hooks(HookTable hooks) {
        List<HookStatus> statuses = new ArrayList<>(hooks.statuses());
        if (!StallWatch.isPossible()) {
            statuses.add(new HookStatus(
                    "stalls of loops",
                    "JDK",
                    "",
                    HookStatus.State.MISSING,
                    "this JVM was started without module java.management (--add-modules java.management adds it)"));
        }
        for (HungCalls.HungCall call : HungCalls.all()) {
            statuses.add(new HookStatus(
                    call.method(),
                    "application",
                    "CALLED",
                    HookStatus.State.FAILED,
                    "did not return; " + call.consequence()));
        }
        return statuses;
    }

    /**
     * The cost since the last call, or since the agent began. A file of the kernel is read for each thread of the
     * agent: nobody pays for that while nobody looks, and of those who look at the same time only the first.
     */
    synchronized AgentCost agent(long dropped) {
        long now = System.nanoTime();
        if (now - lastLook >= MIN_SHARE_NANOS) {
            long cpu = AgentCpu.nanos();
            share = cpu < 0 ? -1 : (double) (cpu - lastCpu) / (now - lastLook);
            lastCpu = cpu;
            lastLook = now;
        }
        return new AgentCost(share, StallsightErrors.suppressed(), StallsightErrors.first(), dropped);
    }
}
