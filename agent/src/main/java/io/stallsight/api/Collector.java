package io.stallsight.api;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Collects what the current thread, and those to which it hands work, cause from the collector's creation on. To be
 * closed by the thread that created it.
 *
 * <pre>{@code
 * try (Collector collector = Stallsight.collect()) {
 *     orders.history("anna").block();
 *     assertThat(collector.findings().ofKind(Kind.JDBC)).isEmpty();
 * }
 * }</pre>
 *
 * What cannot be attributed to anybody is collected too, unless other collectors are open at the same time.
 */
public final class Collector implements AutoCloseable {

    /** How long {@link #findings()} waits for a call that goes on. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AgentLink link;
    private final long context;
    private final long before;
    private final Queue<Finding> told = new ConcurrentLinkedQueue<>();
    private final Runnable stop;
    private volatile boolean closed;

    Collector(AgentLink link) {
        this.link = link;
        this.context = link.newContext();
        AgentLink.collecting(context, true);
        this.stop = link.listen(this::add);
        this.before = link.enter(context);
    }

    private void add(Finding finding) {
        if (finding.context() == context || finding.context() == 0 && AgentLink.isCollected(finding)) {
            told.add(finding);
        }
    }

    /** The number by which the agent knows what is collected here. */
    public long context() {
        return context;
    }

    /**
     * What was found so far. Waits until no non-blocking thread works for this collector any more, ten seconds at the
     * most; calls that go on even then are among the findings.
     */
    public Findings findings() {
        Findings left = closed ? new Findings(List.of()) : link.settle(context, PATIENCE);
        List<Finding> all = new java.util.ArrayList<>(told);
        all.addAll(left);
        return new Findings(all);
    }

    /** Ends it; what was found can still be asked for. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            stop.run();
            link.enter(before);
            AgentLink.collecting(context, false);
        }
    }
}
