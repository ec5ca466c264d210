package io.stallsight.engine.loop;

import io.stallsight.engine.detect.Glimpses;
import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.lag.Arrivals;
import io.stallsight.engine.lag.Counts;
import io.stallsight.engine.lag.Distribution;
import io.stallsight.engine.lag.Lag;
import io.stallsight.engine.reflect.Gauges;
import io.stallsight.engine.thread.LoopGroup;
import io.stallsight.engine.thread.ThreadFacts;
import io.stallsight.engine.watch.Interval;
import io.stallsight.engine.watch.Sampler;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightQueue;
import io.stallsight.hook.StallsightWaiters;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** Tells every loop's lag and load once an interval. Used by the sampling thread. */
public final class LoopSampler implements Sampler {

    /** A loop with fewer ticks in an interval is quiet: what its next task would wait is what the agent's own does. */
    private static final int QUIET_TICKS = 10;

    /** What is remembered of a loop from one interval to the next. */
    private static final class Last {
        final Distribution ticks;
        final Arrivals arrivals = new Arrivals();

        @Nullable
        StallsightQueue queue;

        @Nullable
        Distribution waits;
        /** With the part of the running tick that had passed. */
        long busy;

        String name = "";
        String group = "";
        long tasks;
        long countedTicks;
        long waited;
        boolean seen;

        Last(StallsightLoop loop) {
            ticks = new Distribution(loop.durations());
            busy = loop.busy();
            tasks = loop.tasks();
            countedTicks = loop.tick().waiters().countedTicks();
            waited = loop.tick().waiters().waitedInAll();
        }

        void name(String now) {
            if (!now.equals(name)) {
                name = now;
                group = LoopGroup.of(now);
            }
        }

        /** Null without a queue. */
        @Nullable
        Counts waitsOfInterval() {
            return waits == null ? null : waits.added();
        }
    }

    private final NonBlockingThreads threads;
    private final Glimpses glimpses;
    private final Gauges gauges;
    private final FactListener listener;
    private final IdentityHashMap<StallsightLoop, Last> loops = new IdentityHashMap<>();

    public LoopSampler(NonBlockingThreads threads, Glimpses glimpses, Gauges gauges, FactListener listener) {
        this.threads = threads;
        this.glimpses = glimpses;
        this.gauges = gauges;
        this.listener = listener;
    }

    @Override
    public void sample(Interval interval) {
        for (Last last : loops.values()) {
            last.seen = false;
        }
        for (NonBlockingThreads.Entry entry : threads.all()) {
            StallsightLoop loop = entry.ticks();
            if (loop != null && (loop.ticks() > 0 || loop.start() != 0)) {
                Last last = loops.get(loop);
                if (entry.state() != null && glimpses.isLent(entry.state())) {
                    continue; // it is no loop at the moment, and begins anew when it is one again
                }
                if (last == null) {
                    last = new Last(loop);
                    loops.put(loop, last);
                } else {
                    listener.observed(sample(entry.thread(), loop, last, interval));
                }
                last.seen = true;
            }
        }
        loops.values().removeIf(last -> !last.seen);
    }

    private LoopSample sample(Thread thread, StallsightLoop loop, Last last, Interval interval) {
        long now = interval.end();
        long ownDelay = interval.ownDelay();
        last.ticks.next();
        long start = loop.start();
        long running = start == 0 || loop.isExempt() ? 0 : Math.max(0, now - start);
        long busy = loop.busy() + running;
        long tasks = loop.tasks();
        double utilization = Math.max(0, Math.min(1, (double) (busy - last.busy) / interval.nanos()));
        Lag lag = Lag.ofTicks(last.ticks.added(), running, interval.nanos());
        long[] lags = {lag.quantile(0.5), lag.quantile(0.9), lag.quantile(0.99), lag.max()};
        long oldest = queueWaits(loop, last, now, lags);
        if (last.ticks.added().total() < QUIET_TICKS && running == 0) {
            lags[2] = Math.max(lags[2], ownDelay);
            lags[3] = Math.max(lags[3], ownDelay);
        }
        last.name(ThreadFacts.name(thread));
        LoopSample sample = new LoopSample(
                now,
                ThreadFacts.id(thread),
                last.name,
                last.group,
                lags[0],
                lags[1],
                lags[2],
                lags[3],
                utilization,
                last.ticks.added().total(),
                last.ticks.added().quantile(0.5),
                last.ticks.added().quantile(0.9),
                last.ticks.added().quantile(0.99),
                last.ticks.added().max(),
                tasks - last.tasks,
                gauges.pending(loop),
                gauges.channels(loop),
                waited(loop.tick().waiters(), last),
                running,
                oldest,
                last.arrivals.next(last.ticks.added(), running, interval.nanos(), last.waitsOfInterval()),
                Arrivals.ofAll(last.ticks.added()));
        last.busy = busy;
        last.tasks = tasks;
        return sample;
    }

    /** The mean of the ticks since the last time; -1 if there was none to count. */
    private static double waited(StallsightWaiters waiters, Last last) {
        long ticks = waiters.countedTicks();
        long sum = waiters.waitedInAll();
        double mean = ticks == last.countedTicks ? -1 : (double) (sum - last.waited) / (ticks - last.countedTicks);
        last.countedTicks = ticks;
        last.waited = sum;
        return mean;
    }

    /** Raises the lags to what tasks were seen to wait in the loop's queue; returns the age of the one that waits. */
    private static long queueWaits(StallsightLoop loop, Last last, long now, long[] lags) {
        StallsightQueue queue = loop.queue();
        if (queue == null) {
            return 0;
        }
        if (last.queue != queue) {
            last.queue = queue;
            last.waits = new Distribution(queue.waits());
        }
        Distribution waits = last.waits;
        if (waits == null) {
            return 0;
        }
        waits.next();
        long age = queue.sampleAge(now);
        if (!waits.added().isEmpty() || age > 0) {
            Lag waited = Lag.ofWaits(waits.added(), age);
            lags[0] = Math.max(lags[0], waited.quantile(0.5));
            lags[1] = Math.max(lags[1], waited.quantile(0.9));
            lags[2] = Math.max(lags[2], waited.quantile(0.99));
            lags[3] = Math.max(lags[3], waited.max());
        }
        return age;
    }
}
