package io.stallsight.engine.jmx;

import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.finding.Finding;
import io.stallsight.engine.finding.Findings;
import io.stallsight.engine.host.HostOutput;
import io.stallsight.hook.StallsightErrors;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Shows the agent in the platform's MBeanServer. The application is the one to ask for that first: its creation would
 * initialise logging, for which an application server has plans of its own.
 *
 * <p>Notifications are sent on a thread of the agent, at most {@value #MOST} of each kind in an interval: of each
 * finding, once, and of each stall that has ended.
 */
public final class JmxOutput implements HostOutput, FactListener {

    private static final int MOST = 10;

    /** What is told of a loop or pool that was not sampled for so long is dropped. */
    private static final long GONE = 10_000_000_000L;

    private final Findings findings;
    private final Operations operations;
    private final Map<Long, LoopSample> loops = new ConcurrentHashMap<>();
    private final Map<String, PoolSample> pools = new ConcurrentHashMap<>();
    private final Queue<Stall> stalls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicLong stallCount = new AtomicLong();
    private final Set<String> told = new HashSet<>();
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
        AgentBean present = bean;
        if (present == null) {
            return;
        }
        int left = MOST;
        for (Finding finding : findings.all()) {
            if (left > 0 && told.add(finding.fingerprint())) {
                present.tell(finding);
                left--;
            }
        }
        for (Stall stall = stalls.poll(); stall != null; stall = stalls.poll()) {
            queued.decrementAndGet();
            present.tell(stall);
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
            loops.values().removeIf(each -> sample.time() - each.time() > GONE);
        } else if (fact instanceof PoolSample sample) {
            pools.put(sample.type() + "\n" + sample.name(), sample);
            pools.values().removeIf(each -> sample.time() - each.time() > GONE);
        } else if (fact instanceof Stall stall && !stall.ongoing()) {
            stallCount.incrementAndGet();
            if (queued.get() < MOST) {
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
