package io.stallsight.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Collects the findings that the current thread causes, and the threads to which it hands work, from the collector's
 * creation on. The thread that created the collector closes it.
 *
 * <pre>{@code
 * try (Collector collector = Stallsight.collect()) {
 *     orders.history("anna").block();
 *     assertThat(collector.findings().ofKind(Kind.JDBC)).isEmpty();
 * }
 * }</pre>
 *
 * Findings that cannot be attributed to any context are collected too, unless other collectors are open at the same
 * time.
 */
public final class Collector implements AutoCloseable {

    /** How long {@link #findings()} waits for a call in progress. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AgentLink link;
    private final long context;
    private final long before;
    private final Queue<Finding> reported = new ConcurrentLinkedQueue<>();
    private final Runnable takesAll;
    private final Runnable stop;
    private volatile boolean closed;

    Collector(AgentLink link) {
        this.link = link;
        this.context = link.newContext();
        this.takesAll = link.collect(context);
        this.stop = link.listen(this::add);
        this.before = link.enter(context);
    }

    private void add(Finding finding) {
        if (finding.context() == context || finding.context() == 0 && link.isCollected(finding)) {
            reported.add(finding);
        }
    }

    /** The context of the findings that are collected here, see {@link AgentLink}. */
    public long context() {
        return context;
    }

    /**
     * The findings so far. Waits until no non-blocking thread works for this collector any more, ten seconds at most;
     * calls that are in progress even then are among the findings.
     */
    public Findings findings() {
        Findings left = closed ? new Findings(List.of()) : link.settle(context, PATIENCE);
        List<Finding> all = new ArrayList<>(reported);
        all.addAll(left);
        return new Findings(all);
    }

    /** Ends the collecting; {@link #findings()} still returns the findings. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            stop.run();
            link.enter(before);
            takesAll.run();
        }
    }
}
