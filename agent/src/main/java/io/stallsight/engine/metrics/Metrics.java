package io.stallsight.engine.metrics;

import io.stallsight.engine.config.AgentVersion;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.config.Mode;
import io.stallsight.engine.fact.DownstreamSample;
import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.fact.HookStatus;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.fact.Pinned;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.fact.SelfDeadlock;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.finding.Findings;
import io.stallsight.engine.thread.AgentCpu;
import io.stallsight.frame.Frames;
import io.stallsight.hook.StallsightErrors;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps all measurements as samples with a limited number of series. Threads of the agent report facts to it, and
 * outputs read {@link #samples()}. Thread-safe. A blocked thread of the application never waits for the lock of this
 * class: its calls are counted in {@link Findings}, and read from there.
 */
public final class Metrics implements FactListener {

    static final double NANOS_PER_SECOND = 1e9;

    private final Findings findings;
    private final BlockedTimes blocked;
    private final Supplier<List<HookStatus>> hooks;
    private final Supplier<Mode> mode;
    private final BlockingSites sites = new BlockingSites();
    private final StallCounters stalls = new StallCounters();
    private final LoopMeters loops;
    private final PoolMeters pools;
    private final DownstreamMeters downstreams;
    private final CounterTable selfDeadlocks = CounterTable.of(Limits.MAX_SITES, Metric.SELF_DEADLOCKS);
    private final CounterTable fanOuts = CounterTable.of(Limits.MAX_SITES, Metric.FAN_OUTS);
    private final CounterTable pinned = CounterTable.of(Limits.MAX_SITES, Metric.PINNED);
    private final String version = AgentVersion.text();

    /**
     * @param blocked gets the calls of {@code findings}
     * @param mode returns the current mode, which can change at run time
     */
    public Metrics(
            Findings findings,
            BlockedTimes blocked,
            Supplier<List<HookStatus>> hooks,
            Supplier<Mode> mode,
            Config config) {
        this.findings = findings;
        this.blocked = blocked;
        this.hooks = hooks;
        this.mode = mode;
        this.loops = new LoopMeters(config.interval());
        this.pools = new PoolMeters(config.interval());
        this.downstreams = new DownstreamMeters(new DownstreamNames(config.detail()), config.interval());
    }

    /**
     * Returns the current samples in the order of {@link Metric}. Times are in seconds. Computes them on the caller's
     * thread; safe to call on any thread.
     */
    public synchronized List<Sample> samples() {
        long now = System.nanoTime();
        Samples samples = new Samples();
        loops.addTo(samples, now);
        sites.addTo(samples, findings.all(), findings.forgotten());
        blocked.addTo(samples);
        stalls.addTo(samples);
        selfDeadlocks.addTo(samples);
        fanOuts.addTo(samples);
        pinned.addTo(samples);
        pools.addTo(samples, now);
        downstreams.addTo(samples, now);
        addHooks(samples);
        samples.add(Metric.AGENT_ERRORS, StallsightErrors.suppressed());
        samples.add(Metric.AGENT_FORGOTTEN, findings.forgotten().findings());
        samples.add(Metric.AGENT_CPU, AgentCpu.nanos() / NANOS_PER_SECOND);
        samples.add(Metric.AGENT_INFO, 1, version, mode.get().name().toLowerCase(Locale.ROOT));
        return samples.list();
    }

    private void addHooks(Samples samples) {
        Map<String, Boolean> active = new TreeMap<>();
        for (HookStatus hook : hooks.get()) {
            boolean woven = hook.state() == HookStatus.State.WOVEN;
            samples.add(Metric.HOOKS, 1, hook.state().name().toLowerCase(Locale.ROOT));
            if (hook.state() != HookStatus.State.WAITING) {
                active.merge(hook.library(), woven, Boolean::logicalAnd);
            }
        }
        active.forEach((library, all) -> samples.add(Metric.HOOK_ACTIVE, all ? 1 : 0, library));
    }

    @Override
    public synchronized void observed(Fact fact) {
        if (fact instanceof LoopSample sample) {
            loops.add(sample);
        } else if (fact instanceof Stall stall) {
            stalls.add(stall);
        } else if (fact instanceof PoolSample sample) {
            pools.add(sample);
        } else if (fact instanceof PoolExhaustion exhaustion) {
            pools.exhausted(exhaustion);
        } else if (fact instanceof DownstreamSample sample) {
            downstreams.add(sample);
        } else if (fact instanceof FanOut fanOut) {
            fanOuts.add(List.of(siteOf(fanOut.site())), 1);
        } else if (fact instanceof Pinned event) {
            pinned.add(List.of(siteOf(event.site())), 1);
        } else if (fact instanceof SelfDeadlock deadlock && deadlock.certainty() == SelfDeadlock.Certainty.PROVEN) {
            selfDeadlocks.add(List.of(siteOf(deadlock.site()), deadlock.loopGroup()), 1);
        }
    }

    /**
     * Returns {@code com.shop.Orders.find}, or an empty string for null. The line number is left out, because each edit
     * of the file would start another series.
     */
    static String siteOf(@Nullable StackTraceElement frame) {
        return frame == null ? "" : Frames.method(frame);
    }
}
