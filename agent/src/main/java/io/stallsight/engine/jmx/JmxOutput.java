package io.stallsight.engine.jmx;

import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.IntervalEnd;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.finding.Finding;
import io.stallsight.engine.finding.Findings;
import io.stallsight.engine.host.HostOutput;
import io.stallsight.hook.StallsightErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Registers the agent in the platform's MBeanServer, after the application has created that server. The agent never
 * creates it: that would initialize java.util.logging before an application server has installed its own log manager.
 *
 * <p>Sends a notification for each new finding and for each ended stall, at most {@value #MAX_NOTIFICATIONS} of each
 * kind per interval. Thread-safe.
 */
public final class JmxOutput implements HostOutput, FactListener {

    private static final int MAX_NOTIFICATIONS = 10;

    /** A loop or pool without a sample for this long counts as gone. In nanoseconds. */
    private static final long RETENTION = TimeUnit.SECONDS.toNanos(10);

    private final Findings findings;
    private final Operations operations;
    private final Map<Long, LoopSample> loops = new ConcurrentHashMap<>();
    private final Map<String, PoolSample> pools = new ConcurrentHashMap<>();
    private final Queue<Stall> stalls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicLong stallCount = new AtomicLong();
    private final Set<String> notified = new HashSet<>();
    private @Nullable AgentBean bean;

    public JmxOutput(Findings findings, Operations operations) {
        this.findings = findings;
        this.operations = operations;
    }

    @Override
    public void found(Object server) {
        if (bean == null) {
            bean = AgentBean.register(server, this);
        }
    }

    @Override
    public void refresh() {
        AgentBean registered = bean;
        if (registered == null) {
            return;
        }
        int left = MAX_NOTIFICATIONS;
        List<Finding> present = findings.all();
        if (notified.size() > present.size()) { // findings were forgotten
            notified.retainAll(present.stream().map(Finding::fingerprint).collect(Collectors.toSet()));
        }
        for (Finding finding : present) {
            if (left > 0 && notified.add(finding.fingerprint())) {
                registered.send(finding);
                left--;
            }
        }
        for (Stall stall = stalls.poll(); stall != null; stall = stalls.poll()) {
            queued.decrementAndGet();
            registered.send(stall);
        }
    }

    @Override
    public void close() {
        if (bean != null) {
            bean.unregister();
        }
    }

    @Override
    public void observed(Fact fact) {
        if (fact instanceof LoopSample sample) {
            loops.put(sample.threadId(), sample);
        } else if (fact instanceof PoolSample sample) {
            pools.put(sample.type() + "\n" + sample.name(), sample);
        } else if (fact instanceof IntervalEnd end) { // once for all: there may be thousands
            loops.values().removeIf(each -> end.time() - each.time() > RETENTION);
            pools.values().removeIf(each -> end.time() - each.time() > RETENTION);
        } else if (fact instanceof Stall stall && !stall.ongoing()) {
            stallCount.incrementAndGet();
            if (queued.get() < MAX_NOTIFICATIONS) {
                queued.incrementAndGet();
                stalls.add(stall);
            }
        }
    }

    Operations operations() {
        return operations;
    }

    Findings findings() {
        return findings;
    }

    Iterable<LoopSample> loops() {
        return loops.values();
    }

    Iterable<PoolSample> pools() {
        return pools.values();
    }

    long stalls() {
        return stallCount.get();
    }

    long errors() {
        return StallsightErrors.suppressed();
    }
}
