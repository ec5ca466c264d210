package io.stallsight.engine.picture;

import io.stallsight.engine.detect.Delivery;
import io.stallsight.engine.fact.AgentCost;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.HookStatus;
import io.stallsight.engine.fact.IntervalEnd;
import io.stallsight.engine.finding.Finding;
import io.stallsight.engine.finding.Output;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Puts what the engine observes into a {@link Picture}. A blocked thread only appends to a queue; the sampling thread
 * empties it at the end of each interval.
 */
public final class LivePicture implements Output, FactListener {

    /** Calls of one interval that are kept. */
    private static final int MAX_QUEUED = 20_000;

    private final Picture picture;
    private final Queue<BlockingCall> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final LongAdder dropped = new LongAdder();

    /**
     * @param hooks called for each view
     * @param cost called for each view that shows it, with the number of dropped calls so far
     */
    public LivePicture(Picture picture, Supplier<List<HookStatus>> hooks, LongFunction<AgentCost> cost) {
        this.picture = picture;
        picture.hooks(hooks);
        picture.cost(() -> cost.apply(dropped.sum()));
    }

    @Override
    public void report(Finding finding, BlockingCall call, Delivery delivery) {
        if (queued.get() >= MAX_QUEUED) {
            dropped.increment();
            return;
        }
        queued.incrementAndGet();
        calls.add(call);
    }

    @Override
    public void observed(Fact fact) {
        if (fact instanceof IntervalEnd) {
            for (BlockingCall next = calls.poll(); next != null; next = calls.poll()) {
                queued.decrementAndGet();
                picture.observed(next);
            }
        }
        picture.observed(fact);
    }
}
