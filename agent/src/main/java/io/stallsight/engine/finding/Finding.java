package io.stallsight.engine.finding;

import io.stallsight.api.Kind;
import io.stallsight.engine.fact.BlockingCall;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Everything that one fingerprint did. Counters may be read while they grow. */
public final class Finding {

    private final String fingerprint;
    private final Kind kind;
    private final String api;
    private final LongAdder count = new LongAdder();
    private final LongAdder totalNanos = new LongAdder();
    private final LongAccumulator maxNanos = new LongAccumulator(Long::max, 0);

    /** For the log: when it may speak again. */
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

    public BlockingCall last() {
        return last;
    }

    /**
     * Whether an output that must not repeat itself may report now.
     *
     * @param now {@link System#nanoTime()}
     * @param pause nanoseconds until the next time
     */
    public boolean mayReport(long now, long pause) {
        long next = nextReport.get();
        return (next == 0 || now - next >= 0) && nextReport.compareAndSet(next, now + pause);
    }
}
