package io.stallsight.engine.stall;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.detect.LiveSettings;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.reflect.MemberPath;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.engine.watch.Heartbeats;
import io.stallsight.engine.watch.Interval;
import io.stallsight.engine.watch.Look;
import io.stallsight.engine.watch.Sampler;
import io.stallsight.hook.StallsightErrors;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Observes the scheduler of virtual threads as a loop group: its lag, and stalls in which ready virtual threads wait.
 *
 * <p><b>Problem.</b> A virtual thread that computes for long, or cannot leave its carrier, holds up those that are
 * ready. No hook may stand on the way of a virtual thread to its carrier, and there may be a million of them.
 *
 * <p><b>Algorithm.</b> Every 5 ms the queues of the {@link Scheduler} show how long a ready virtual thread has waited.
 * While a carrier is free, none waits. From a fifth of the threshold on, the virtual threads on the carriers are
 * sampled. A wait of a threshold is a stall. It ends when no virtual thread has waited for half of that. The carriers'
 * CPU time and the states of the samples divide its time. A line of code is to blame if one virtual thread kept its
 * carrier for at least half of the time.
 *
 * <p><b>Invariants.</b> Nothing is kept for a virtual thread beyond a stall. The stack of a virtual thread is taken
 * only while others wait; this stops its carrier and not the JVM. The watching thread alone touches the scheduler.
 *
 * <p><b>Given up.</b> A wait is a lower bound, up to one look too small. A stall without a line to blame is reported
 * only if it lasts: at a cold start many virtual threads load classes for a moment. Time in which a carrier was ready
 * without a CPU is not measured, it is what is left of the time. So a stall for that reason is not reported; the lag
 * shows it.
 */
public final class SchedulerWatch implements Look, Sampler {

    private static final long MIN_AGE = TimeUnit.MILLISECONDS.toNanos(10);

    /** A stall without a line to blame is reported if it lasts for so many thresholds. */
    private static final int LONG = 10;

    /** So long after the last virtual thread ran, the watching thread does not sleep for long. */
    private static final long ACTIVE = TimeUnit.SECONDS.toNanos(1);

    /** How often the queues are read while no virtual thread runs. */
    private static final long UNTIL_NEXT_GLANCE = TimeUnit.MILLISECONDS.toNanos(100);

    private final LiveSettings settings;
    private final Heartbeats otherThread;
    private final Catalog catalog;
    private final FactListener listener;
    private final SchedulerAnalysis analysis;
    private final @Nullable MemberPath mounted;

    private volatile @Nullable Scheduler scheduler;
    private volatile boolean impossible;
    private @Nullable Pauses pauses;
    private @Nullable ThreadMXBean bean;
    private @Nullable SchedulerEpisode episode;
    private volatile long lastActive;
    private volatile boolean active;
    private volatile boolean settled = true;
    private final SchedulerLag lag = new SchedulerLag();

    /** @param ids numbers of stalls */
    public SchedulerWatch(
            Catalog catalog,
            Stacks stacks,
            LiveSettings settings,
            Heartbeats otherThread,
            LongSupplier ids,
            FactListener listener) {
        this.catalog = catalog;
        this.settings = settings;
        this.otherThread = otherThread;
        this.listener = listener;
        this.analysis = new SchedulerAnalysis(new StallCulprits(stacks), ids);
        this.mounted = Scheduler.mounted(catalog.workers());
        this.impossible = mounted == null;
    }

    /** To be called when the watching thread has ended. */
    public void close() {
        if (pauses != null) {
            pauses.close();
        }
    }

    @Override
    public void step(long now) {
        if (scheduler == null && !impossible) {
            try {
                scheduler = Scheduler.find();
            } catch (ReflectiveOperationException | RuntimeException e) { // another JDK has other fields
                impossible = true;
                StallsightErrors.suppress(e);
            }
        }
    }

    /** Nothing says when a virtual thread becomes ready. */
    @Override
    public long rest() {
        if (active) {
            return 0;
        }
        return scheduler == null ? UNTIL_A_TICK : UNTIL_NEXT_GLANCE;
    }

    @Override
    public boolean isSettled() {
        return settled;
    }

    @Override
    public void look(long now, long due) {
        Scheduler known = scheduler;
        if (known == null) {
            return;
        }
        int running = known.busy();
        if (running > 0) {
            lastActive = now;
        }
        active = running > 0 || now - lastActive < ACTIVE;
        if (active) {
            pauses().look(due);
        }
        known.look(now);
        lag.look(known.age(), known.waiting(), running);
        stall(known, now);
        settled = episode == null;
    }

    private Pauses pauses() {
        Pauses known = pauses;
        if (known == null) {
            known = new Pauses(otherThread, catalog.concurrentCollectors());
            pauses = known;
        }
        return known;
    }

    private void stall(Scheduler known, long now) {
        long threshold = settings.get().stall();
        long age = known.age();
        SchedulerEpisode current = episode;
        if (current == null) {
            if (age < MIN_AGE) {
                return;
            }
            current = new SchedulerEpisode(now - age, known.threads(), bean());
            episode = current;
        }
        boolean isStall = current.age() >= threshold;
        if (age < (isStall ? threshold / 2 : MIN_AGE)) {
            episode = null;
            if (isStall) {
                report(known, current, now, false);
            }
            return;
        }
        current.seen(known.waiting(), age);
        if (age >= Math.min(threshold, Math.max(MIN_AGE, threshold / 5)) && mounted != null) {
            current.sample(known.threads(), known.carriers(), mounted, now);
        }
        if (isStall && current.mustReport(now)) {
            report(known, current, now, true);
        }
    }

    private ThreadMXBean bean() {
        ThreadMXBean found = bean;
        if (found == null) {
            found = ManagementFactory.getThreadMXBean();
            bean = found;
        }
        return found;
    }

    private void report(Scheduler known, SchedulerEpisode of, long end, boolean ongoing) {
        long cpu = of.cpu(known.threads(), bean(), known.carriers());
        Pauses.Sum paused = pauses().sum(of.start(), end);
        Stall stall = analysis.analyse(
                of, end, ongoing, cpu, paused, LONG * settings.get().stall());
        if (stall != null) {
            listener.observed(stall);
        }
    }

    @Override
    public void sample(Interval interval) {
        Scheduler known = scheduler;
        LoopSample sample = known == null ? null : lag.sample(interval, known.carriers());
        if (sample != null) {
            listener.observed(sample);
        }
    }
}
