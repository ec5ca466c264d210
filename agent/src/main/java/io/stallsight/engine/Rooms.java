package io.stallsight.engine;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.connection.OutboundConnections;
import io.stallsight.engine.contention.ContentionWatch;
import io.stallsight.engine.deadlock.DeadlockWatch;
import io.stallsight.engine.detect.Calls;
import io.stallsight.engine.detect.ConnectionListener;
import io.stallsight.engine.detect.Detection;
import io.stallsight.engine.detect.ExchangeListener;
import io.stallsight.engine.detect.Glimpses;
import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.engine.detect.StartUp;
import io.stallsight.engine.detect.TickListener;
import io.stallsight.engine.detect.WaitListener;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.IntervalEnd;
import io.stallsight.engine.finding.Findings;
import io.stallsight.engine.log.LogOutput;
import io.stallsight.engine.loop.LoopSampler;
import io.stallsight.engine.pinning.PinWatch;
import io.stallsight.engine.pool.PoolSampler;
import io.stallsight.engine.reflect.Gauges;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.engine.stall.SchedulerWatch;
import io.stallsight.engine.stall.StallWatch;
import io.stallsight.engine.thread.AgentFailures;
import io.stallsight.engine.thread.Doorbell;
import io.stallsight.engine.thread.HungCalls;
import io.stallsight.engine.thread.HungCalls.HungCall;
import io.stallsight.engine.thread.LoopGroup;
import io.stallsight.engine.thread.Questions;
import io.stallsight.engine.thread.StackTaker;
import io.stallsight.engine.thread.StopBudget;
import io.stallsight.engine.watch.Heartbeats;
import io.stallsight.engine.watch.HungCallWatch;
import io.stallsight.engine.watch.Interval;
import io.stallsight.engine.watch.Look;
import io.stallsight.engine.watch.Sampler;
import io.stallsight.engine.watch.SamplingThread;
import io.stallsight.engine.watch.WatchingThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is observed from outside of the application's threads: one room for each subject, and the two threads
 * that drive them.
 */
final class Rooms {

    /** In which the rooms may keep threads from running, in thousandths of the time: 3 % if all do so at once. */
    private static final int STALL_STOPS = 20;

    private static final int CONTENTION_STOPS = 5;
    private static final int POOL_STOPS = 5;

    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    private final @Nullable StallWatch stalls;
    private final @Nullable SchedulerWatch scheduler;
    private final OutboundConnections connections;
    private final DeadlockWatch deadlocks;
    private final @Nullable PinWatch pins;
    private final Doorbell samplingBell = new Doorbell();
    private final Questions questions;
    private final WatchingThread watching;
    private final SamplingThread sampling;

    Rooms(Inputs inputs, Detection detection, Calls calls, Outputs all, Holes holes) {
        Catalog catalog = inputs.catalog();
        LoopGroup.foldMadeUp(catalog.madeUpNames());
        Config config = inputs.config();
        Findings findings = all.findings();
        FactListener outputs = all.facts();
        NonBlockingThreads threads = detection.nonBlocking();
        Stacks stacks = detection.stacks();
        Glimpses glimpses = detection.glimpses();
        Gauges gauges = new Gauges(catalog.gauges());
        questions = detection.questions();
        Heartbeats beats = new Heartbeats();

        StopBudget ofStalls = new StopBudget(STALL_STOPS);
        StopBudget ofContention = new StopBudget(CONTENTION_STOPS);
        ContentionWatch contention =
                new ContentionWatch(threads, glimpses, new StackTaker(ofContention), calls, findings);
        AtomicLong stallIds = new AtomicLong();
        stalls = StallWatch.isPossible()
                ? new StallWatch(
                        threads,
                        glimpses,
                        stacks,
                        new StackTaker(ofStalls),
                        detection.settings(),
                        gauges,
                        detection.sockets(),
                        questions,
                        beats,
                        catalog.concurrentCollectors(),
                        stallIds::incrementAndGet,
                        outputs)
                : null;
        scheduler = stalls != null && Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS
                ? new SchedulerWatch(catalog, stacks, detection.settings(), beats, stallIds::incrementAndGet, outputs)
                : null;
        List<Look> looks = new ArrayList<>(List.of(contention));
        if (stalls != null) {
            looks.add(stalls);
        }
        if (scheduler != null) {
            looks.add(scheduler);
        }
        connections = new OutboundConnections(
                catalog, detection.callers(), detection.requests(), config.thresholdFanOut(), samplingBell, outputs);
        List<Sampler> samplers = new ArrayList<>();
        samplers.add(new LoopSampler(threads, glimpses, gauges, outputs));
        if (scheduler != null) {
            samplers.add(scheduler);
        }
        samplers.add(new PoolSampler(
                catalog,
                threads,
                stacks,
                new StackTaker(new StopBudget(POOL_STOPS)),
                detection.requests(),
                outputs,
                config.thresholdPool()));
        samplers.add(connections);
        deadlocks = new DeadlockWatch(catalog, threads, glimpses, stacks, outputs);
        samplers.add(deadlocks);
        if (ModuleLayer.boot().findModule("jdk.jfr").isPresent()) {
            pins = new PinWatch(stacks, samplingBell, outputs);
            samplers.add(pins);
        } else {
            pins = null;
        }
        samplers.add(holes);
        samplers.add(new OwnLimits(threads, List.of(ofStalls, ofContention), detection.startUp(), all.log()));
        samplers.add(new EndOfSamples(outputs));
        sampling = new SamplingThread(config.interval(), beats, samplingBell, samplers);
        looks.add(new HungCallWatch(List.of(sampling.thread(), questions.thread())));
        List<Runnable> rehearsals =
                new ArrayList<>(List.of(() -> findings.rehearse(calls.rehearse()), contention::rehearse));
        if (stalls != null) {
            rehearsals.add(stalls::rehearse);
        }
        watching = new WatchingThread(threads, beats, samplingBell, rehearsals, looks);
    }

    /** Logs once what is not reported: a thread of the agent failed, there are too many to watch, libraries started. */
    private static final class OwnLimits implements Sampler {

        /** While a service starts on a busy machine, sampling is reduced for a moment; that is not worth a line. */
        private static final int MANY_REDUCED_INTERVALS = 20;

        private final NonBlockingThreads threads;
        private final List<StopBudget> stops;
        private final StartUp startUp;
        private final LogOutput log;
        private boolean leftOutReported;
        private int reductions;
        private int reducedIntervals;

        OwnLimits(NonBlockingThreads threads, List<StopBudget> stops, StartUp startUp, LogOutput log) {
            this.threads = threads;
            this.stops = stops;
            this.startUp = startUp;
            this.log = log;
        }

        @Override
        public void step(long now) {
            if (threads.leftOut() && !leftOutReported) {
                leftOutReported = true;
                log.warn("option threads names more virtual threads at once than are watched for stalls and for waits"
                        + " for monitors (" + NonBlockingThreads.MAX_VIRTUAL
                        + "); of the others only blocking calls are"
                        + " reported. Name fewer of them");
            }
            String ofStart = startUp.summary(now);
            if (ofStart != null) {
                log.info(ofStart);
            }
            for (String line = AgentFailures.poll(); line != null; line = AgentFailures.poll()) {
                log.warn(line);
            }
            for (HungCall call = HungCalls.poll(); call != null; call = HungCalls.poll()) {
                log.warn(call.text());
            }
        }

        @Override
        public void sample(Interval interval) {
            int sum = 0;
            for (int i = 0; i < stops.size(); i++) {
                sum += stops.get(i).reductions();
            }
            if (sum != reductions && ++reducedIntervals == MANY_REDUCED_INTERVALS) {
                log.info("sampling is reduced: so many watched threads wait for monitors, or are late, that looking at"
                        + " each would slow down the application. Short waits for monitors may be missed, and stalls"
                        + " have fewer samples ('reduced' in their events)");
            }
            reductions = sum;
        }
    }

    /** Reports that all samples of an interval have been reported: the last of the samplers. */
    private record EndOfSamples(FactListener outputs) implements Sampler {
        @Override
        public void sample(Interval interval) {
            outputs.observed(new IntervalEnd(interval.end()));
        }
    }

    /** Takes the ends of waits. */
    WaitListener waits() {
        return deadlocks;
    }

    /** Takes long ticks. */
    TickListener ticks() {
        StallWatch present = stalls;
        return present == null ? tick -> {} : present;
    }

    /** Takes outbound connections. */
    ConnectionListener connections() {
        return connections;
    }

    /** Takes outbound requests. */
    ExchangeListener exchanges() {
        return connections.exchanges();
    }

    /** The sampling thread sleeps here. */
    Doorbell samplingBell() {
        return samplingBell;
    }

    WatchingThread watching() {
        return watching;
    }

    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        if (stalls != null) {
            parts.add(Part.untilExit(() -> {}, stalls::close));
        }
        if (scheduler != null) {
            parts.add(Part.untilExit(() -> {}, scheduler::close));
        }
        if (pins != null) {
            parts.add(Part.untilDetach(() -> {}, pins::stop));
        }
        parts.add(Part.untilDetach(() -> {}, questions::stop));
        parts.add(Part.untilExit(watching::start, watching::stop));
        parts.add(Part.untilExit(sampling::start, sampling::stop));
        return parts;
    }
}
