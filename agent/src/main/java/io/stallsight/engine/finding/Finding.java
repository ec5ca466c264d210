package io.stallsight.engine.finding;

import io.stallsight.api.Kind;
import io.stallsight.engine.fact.BlockingCall;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Everything that the calls of one fingerprint did. Any thread may read the counters while they grow. */
public final class Finding {

    /** The counters at one moment. */
    public record Totals(long count, long nanos, long maxNanos) {}

    private final String fingerprint;
    private final Kind kind;
    private final String api;
    private final LongAdder count = new LongAdder();
    private final LongAdder totalNanos = new LongAdder();
    private final LongAccumulator maxNanos = new LongAccumulator(Long::max, 0);

    /** {@link System#nanoTime()} from which {@link #mayReport} is true again; 0 before the first report. */
    private final AtomicLong nextReport = new AtomicLong();

    private volatile BlockingCall last;

    Finding(String fingerprint, BlockingCall first) {
        this.fingerprint = fingerprint;
        this.kind = first.kind();
        this.api = first.api();
        this.last = first;
    }

    void add(BlockingCall call) {
        count.increment();
        totalNanos.add(call.nanos());
        maxNanos.accumulate(call.nanos());
        last = call;
    }

    public String fingerprint() {
        return fingerprint;
    }

    public Kind kind() {
        return kind;
    }

    public String api() {
        return api;
    }

    public long count() {
        return count.sum();
    }

    public long totalNanos() {
        return totalNanos.sum();
    }

    public long maxNanos() {
        return maxNanos.get();
    }

    public Totals totals() {
        return new Totals(count(), totalNanos(), maxNanos());
    }

    /** The call that was added last. */
    public BlockingCall last() {
        return last;
    }

    /**
     * For the one output that must not repeat itself, the log: true at most once in each pause.
     *
     * @param now {@link System#nanoTime()}
     * @param pause nanoseconds until it may be true again
     */
    public boolean mayReport(long now, long pause) {
        long next = nextReport.get();
        return (next == 0 || now - next >= 0) && nextReport.compareAndSet(next, now + pause);
    }
}
