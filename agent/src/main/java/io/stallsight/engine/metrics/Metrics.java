package io.stallsight.engine.metrics;

import io.stallsight.engine.config.AgentVersion;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.config.Mode;
import io.stallsight.engine.detect.AgentCpu;
import io.stallsight.engine.fact.DownstreamSample;
import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.fact.MonitorListener;
import io.stallsight.engine.fact.Pinned;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.fact.SelfDeadlock;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.finding.Findings;
import io.stallsight.engine.instrument.HookTable;
import io.stallsight.engine.stack.Frames;
import io.stallsight.hook.StallsightHook;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is measured, as samples with bounded labels. Threads of the agent tell what they find; whoever shows
 * it asks with {@link #samples()}, on any thread. Threads of the application come here with nothing: their blocking
 * calls are read from the counters of the findings.
 */
public final class Metrics implements MonitorListener {

    private final Findings findings;
    private final HookTable hooks;
    private final Supplier<Mode> mode;
    private final BlockingSites sites = new BlockingSites();
    private final StallCounts stalls = new StallCounts();
    private final LoopGauges loops;
    private final PoolMeters pools;
    private final DownstreamMeters downstreams;
    private final Counts selfDeadlocks = new Counts(Limits.SITES, false, Metric.SELF_DEADLOCKS);
    private final Counts fanOuts = new Counts(Limits.SITES, false, Metric.FAN_OUTS);
    private final Counts pinned = new Counts(Limits.SITES, false, Metric.PINNED);
    private final String version = AgentVersion.text();

    /** @param mode as it is when asked, since it may change */
    public Metrics(Findings findings, HookTable hooks, Supplier<Mode> mode, Config config) {
        this.findings = findings;
        this.hooks = hooks;
        this.mode = mode;
        this.loops = new LoopGauges(config.interval());
        this.pools = new PoolMeters(config.interval());
        this.downstreams = new DownstreamMeters(new DownstreamNames(config.detail()), config.interval());
    }

    /** All samples as of now, those of one metric together. */
    public synchronized List<Sample> samples() {
        long now = System.nanoTime();
        Samples samples = new Samples();
        loops.addTo(samples, now);
        sites.addTo(samples, findings.all());
        stalls.addTo(samples);
        selfDeadlocks.addTo(samples);
        fanOuts.addTo(samples);
        pinned.addTo(samples);
        pools.addTo(samples, now);
        downstreams.addTo(samples, now);
        addHooks(samples);
        samples.add(Metric.AGENT_ERRORS, StallsightHook.suppressedErrors());
        samples.add(Metric.AGENT_CPU, AgentCpu.nanos() / NANOS);
        samples.add(Metric.AGENT_INFO, 1, version, mode.get().name().toLowerCase(Locale.ROOT));
        return samples.list();
    }

    private void addHooks(Samples samples) {
        Map<String, Boolean> active = new TreeMap<>();
        for (HookTable.Row row : hooks.rows()) {
            boolean took = row.state() == HookTable.State.WOVEN;
            samples.add(Metric.HOOKS, 1, row.state().name().toLowerCase(Locale.ROOT));
            if (row.state() != HookTable.State.WAITING) {
                active.merge(row.point().library(), took, Boolean::logicalAnd);
            }
        }
        active.forEach((library, all) -> samples.add(Metric.HOOK_ACTIVE, all ? 1 : 0, library));
    }

    @Override
    public synchronized void loop(LoopSample sample) {
        loops.add(sample, System.nanoTime());
    }

    @Override
    public synchronized void stall(Stall stall) {
        stalls.add(stall);
    }

    @Override
    public synchronized void pool(PoolSample sample) {
        pools.add(sample, System.nanoTime());
    }

    @Override
    public synchronized void exhausted(PoolExhaustion exhaustion) {
        pools.exhausted(exhaustion);
    }

    @Override
    public synchronized void downstream(DownstreamSample sample) {
        downstreams.add(sample, System.nanoTime());
    }

    @Override
    public synchronized void fanOut(FanOut fanOut) {
        fanOuts.add(List.of(siteOf(fanOut.site())), 1);
    }

    @Override
    public synchronized void pinned(Pinned event) {
        pinned.add(List.of(siteOf(event.site())), 1);
    }

    @Override
    public synchronized void selfDeadlock(SelfDeadlock deadlock) {
        selfDeadlocks.add(List.of(siteOf(deadlock.site()), deadlock.loopGroup()), 1);
    }

    /** {@code com.shop.Orders.find}: without the line, which every edit moves. Empty if there is no site. */
    static String siteOf(@Nullable StackTraceElement frame) {
        return frame == null ? "" : frame.getClassName() + "." + Frames.methodOf(frame);
    }

    static final double NANOS = 1e9;
}
