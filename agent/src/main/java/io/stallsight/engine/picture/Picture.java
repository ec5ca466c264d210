package io.stallsight.engine.picture;

import io.stallsight.engine.fact.AgentCost;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.DownstreamSample;
import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.HookStatus;
import io.stallsight.engine.fact.IntervalEnd;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.fact.Notice;
import io.stallsight.engine.fact.ObservedJvm;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.picture.series.Scale;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The facts of one JVM over time. Sources put them in; {@link PictureJson}, {@link Verdict} and the command line take
 * views out. Thread-safe. A source never waits: while a view is taken, facts queue up, and the next source or view puts
 * them in. Bounded: at most {@value Store#MAX_LOOPS} loops, {@value Store#MAX_POOLS} pools,
 * {@value Store#MAX_DOWNSTREAMS} downstreams, {@value Store#MAX_SITES} sites, {@value Store#MAX_STALLS} stalls,
 * {@value Store#MAX_NOTICES} notices, each with the columns of the last hour: 22 MB if all of it is there.
 */
public final class Picture implements FactListener {

    /** Where the facts come from. */
    public enum Source {
        LIVE("live"),
        RECORDING("recording");

        private final String word;

        Source(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** A loop, pool or downstream without a sample for this many intervals is gone. */
    private static final int GONE_INTERVALS = 4;

    /** Of a recording nothing is forgotten. */
    private static final long FOR_EVER = Long.MAX_VALUE / 2;

    private final Source source;
    private final Scale scale;
    private final WallClock clock;
    private final long goneAfter;
    private final Supplier<ObservedJvm> process;
    private final Store store;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Fact> observed = new ConcurrentLinkedQueue<>();
    private long began;
    private long now;

    private Picture(Source source, Scale scale, WallClock clock, long interval, Supplier<ObservedJvm> process) {
        this.source = source;
        this.scale = scale;
        this.clock = clock;
        this.process = process;
        this.goneAfter = GONE_INTERVALS * interval;
        boolean live = source == Source.LIVE;
        this.store = new Store(scale, clock, live ? scale.span() : FOR_EVER, live ? goneAfter : FOR_EVER);
    }

    /**
     * Of a running JVM.
     *
     * @param interval between two samples, milliseconds
     * @param clock of the facts
     * @param process called for each view
     */
    public static Picture live(long interval, WallClock clock, Supplier<ObservedJvm> process) {
        return new Picture(Source.LIVE, Scale.live(interval), clock, interval, process);
    }

    /**
     * Of a recording.
     *
     * @param from milliseconds since 1970
     * @param to its end
     */
    public static Picture ofRecording(long from, long to, ObservedJvm process) {
        Scale scale = Scale.recording(to - from);
        Picture picture = new Picture(
                Source.RECORDING,
                scale,
                WallClock.ofRecording(),
                scale.resolutions().get(0).step(),
                () -> process);
        picture.began = from;
        picture.now = to;
        return picture;
    }

    @Override
    public void observed(Fact fact) {
        observed.add(fact);
        if (lock.tryLock()) {
            try {
                takeIn();
            } finally {
                lock.unlock();
            }
        }
    }

    /** The caller has the lock. */
    private void takeIn() {
        for (Fact fact = observed.poll(); fact != null; fact = observed.poll()) {
            takeIn(fact);
        }
    }

    private void takeIn(Fact fact) {
        heard(clock.millis(fact.time()));
        if (fact instanceof LoopSample sample) {
            store.loop(sample, now);
        } else if (fact instanceof PoolSample sample) {
            store.pool(sample);
        } else if (fact instanceof DownstreamSample sample) {
            store.downstream(sample);
        } else if (fact instanceof BlockingCall call) {
            store.call(call, now);
        } else if (fact instanceof Stall stall) {
            store.stall(stall, now);
        } else if (fact instanceof PoolExhaustion exhaustion) {
            store.exhausted(exhaustion, now);
        } else if (fact instanceof Notice notice) {
            store.notice(notice, now);
        } else if (fact instanceof IntervalEnd) {
            store.intervalEnded(now);
        }
    }

    /** A running JVM's picture goes up to its newest fact; a recording's end is set. */
    private void heard(long time) {
        if (source == Source.LIVE) {
            began = began == 0 ? time : began;
            now = Math.max(now, time);
        }
    }

    /** Where each view finds the hooks as they are then. They are not kept, as there are hundreds of them. */
    public void hooks(Supplier<List<HookStatus>> statuses) {
        locked(() -> {
            store.hooks(statuses);
            return statuses;
        });
    }

    /** Where each view finds what the agent costs at that moment. */
    public void cost(Supplier<AgentCost> cost) {
        locked(() -> {
            store.cost(cost);
            return cost;
        });
    }

    /** Forgets every fact. */
    public void reset() {
        locked(() -> {
            store.clear();
            began = now;
            return now;
        });
    }

    /** Milliseconds since 1970 up to which the picture goes. */
    public long now() {
        return locked(() -> now);
    }

    /** Runs {@code work} on a picture that has all facts so far. */
    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            takeIn();
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs {@code taker} on a view, while the picture stands still.
     *
     * @param taker must not wait for anything, nor keep the view
     */
    public <T> T view(PictureQuery query, Function<View, T> taker) {
        return locked(() -> taker.apply(
                new View(store, clock, process.get(), Range.of(query, source, scale, goneAfter, began, now))));
    }
}
