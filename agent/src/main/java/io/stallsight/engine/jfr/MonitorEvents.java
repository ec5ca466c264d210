package io.stallsight.engine.jfr;

import io.stallsight.engine.fact.Cause;
import io.stallsight.engine.fact.DownstreamSample;
import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.fact.Pinned;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.fact.SelfDeadlock;
import io.stallsight.engine.fact.Stall;
import io.stallsight.frame.Frames;
import java.util.List;
import java.util.function.LongFunction;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * What the monitors find, as JFR events. No event class is touched before {@link #register}: that would initialise JFR
 * in a JVM in which nobody records. Called on threads of the agent.
 */
final class MonitorEvents implements FactListener {

    private volatile @Nullable EventTimes stallTimes;
    private volatile @Nullable EventTimes exhaustionTimes;
    private volatile @Nullable EventTimes pinTimes;
    private volatile boolean registered;
    private final LongFunction<@Nullable Thread> threads;

    /** @param threads the live thread with an id; null if it has ended */
    MonitorEvents(LongFunction<@Nullable Thread> threads) {
        this.threads = threads;
    }

    private static List<Class<? extends Event>> types() {
        return List.of(
                LoopLagEvent.class,
                LoopStallEvent.class,
                SelfDeadlockEvent.class,
                ThreadPoolEvent.class,
                PoolExhaustedEvent.class,
                DownstreamEvent.class,
                FanOutEvent.class,
                PinnedEvent.class);
    }

    void register() {
        for (Class<? extends Event> type : types()) {
            FlightRecorder.register(type);
        }
        stallTimes = new EventTimes(LoopStallEvent.class);
        exhaustionTimes = new EventTimes(PoolExhaustedEvent.class);
        pinTimes = new EventTimes(PinnedEvent.class);
        registered = true;
    }

    void unregister() {
        registered = false;
        for (Class<? extends Event> type : types()) {
            FlightRecorder.unregister(type);
        }
    }

    @Override
    public void observed(Fact fact) {
        if (fact instanceof LoopSample sample) {
            loop(sample);
        } else if (fact instanceof Stall stall) {
            stall(stall);
        } else if (fact instanceof PoolSample sample) {
            pool(sample);
        } else if (fact instanceof PoolExhaustion exhaustion) {
            exhausted(exhaustion);
        } else if (fact instanceof DownstreamSample sample) {
            downstream(sample);
        } else if (fact instanceof FanOut fanOut) {
            fanOut(fanOut);
        } else if (fact instanceof Pinned pinned) {
            pinned(pinned);
        } else if (fact instanceof SelfDeadlock deadlock) {
            selfDeadlock(deadlock);
        }
    }

    private void loop(LoopSample sample) {
        if (!registered) {
            return;
        }
        LoopLagEvent event = new LoopLagEvent();
        if (!event.isEnabled()) {
            return;
        }
        event.loop = threads.apply(sample.threadId());
        event.name = sample.name();
        event.loopGroup = sample.loopGroup();
        event.lagP50 = sample.lagP50();
        event.lagP90 = sample.lagP90();
        event.lagP99 = sample.lagP99();
        event.lagMax = sample.lagMax();
        event.utilization = sample.utilization();
        event.ticks = sample.ticks();
        event.tickP50 = sample.tickP50();
        event.tickP90 = sample.tickP90();
        event.tickP99 = sample.tickP99();
        event.tickMax = sample.tickMax();
        event.tasks = sample.tasks();
        event.pendingTasks = sample.pending();
        event.channels = sample.channels();
        event.runningFor = sample.runningFor();
        event.oldestTask = sample.oldestTask();
        event.commit();
    }

    private void stall(Stall stall) {
        EventTimes times = stallTimes;
        if (!registered || times == null) {
            return;
        }
        LoopStallEvent event = new LoopStallEvent();
        if (!event.isEnabled()) {
            return;
        }
        times.set(event, stall.start(), stall.nanos());
        event.stallId = stall.id();
        event.loop = threads.apply(stall.threadId());
        event.name = stall.threadName();
        event.loopGroup = stall.loopGroup();
        event.ongoing = stall.ongoing();
        event.cause = stall.cause().name();
        event.site = stall.siteText();
        event.api = stall.api();
        event.cpuTime = stall.cpu();
        event.blockedTime = stall.part(Cause.BLOCKING_CALL);
        event.contendedTime = stall.part(Cause.LOCK);
        event.gcTime = stall.part(Cause.GC_PAUSE);
        event.safepointTime = stall.part(Cause.SAFEPOINT);
        event.notScheduledTime = stall.part(Cause.NOT_SCHEDULED);
        event.throttledTime = stall.throttled();
        event.nativeTime = stall.part(Cause.NATIVE);
        event.unknownTime = stall.part(Cause.UNKNOWN);
        event.samples = stall.samples();
        event.samplesAtSite = stall.samplesAtSite();
        event.stack = JfrOutput.text(stall.stack());
        event.profile = text(stall.profile());
        event.lockOwner = stall.owner();
        StackTraceElement ownerSite = stall.ownerSite();
        event.lockOwnerSite = ownerSite == null ? null : Frames.describe(ownerSite);
        event.lockOwnerStack = JfrOutput.text(stall.ownerStack());
        event.tasks = stall.tasks();
        event.topTasks = String.join(", ", stall.topTasks());
        event.waiting = stall.waiting();
        event.harm = stall.harmSeconds();
        event.evidence = stall.evidence();
        event.commit();
    }

    private static String text(List<Stall.Seen> profile) {
        StringBuilder text = new StringBuilder();
        for (Stall.Seen seen : profile) {
            text.append(seen.count())
                    .append('\n')
                    .append(JfrOutput.text(seen.stack()))
                    .append('\n');
        }
        return text.toString();
    }

    private void pool(PoolSample sample) {
        if (!registered) {
            return;
        }
        ThreadPoolEvent event = new ThreadPoolEvent();
        if (!event.isEnabled()) {
            return;
        }
        event.name = sample.name();
        event.type = sample.type();
        event.executors = sample.executors();
        event.active = sample.active();
        event.size = sample.size();
        event.max = sample.max();
        event.queued = sample.queued();
        event.capacity = sample.capacity();
        event.queueWaitP50 = sample.waitP50();
        event.queueWaitP99 = sample.waitP99();
        event.queueWaitMax = sample.waitMax();
        event.oldestTask = sample.oldestTask();
        event.runP50 = sample.runP50();
        event.runP99 = sample.runP99();
        event.runMax = sample.runMax();
        event.completed = sample.completed();
        event.rejected = sample.rejected();
        event.saturation = sample.saturation();
        event.commit();
    }

    private void exhausted(PoolExhaustion exhaustion) {
        EventTimes times = exhaustionTimes;
        if (!registered || times == null) {
            return;
        }
        PoolExhaustedEvent event = new PoolExhaustedEvent();
        if (!event.isEnabled()) {
            return;
        }
        times.set(event, exhaustion.start(), exhaustion.nanos());
        event.exhaustionId = exhaustion.id();
        event.name = exhaustion.name();
        event.type = exhaustion.type();
        event.active = exhaustion.active();
        event.size = exhaustion.size();
        event.max = exhaustion.max();
        event.queued = exhaustion.queued();
        event.oldestTask = exhaustion.oldestTask();
        event.workers = exhaustion.evidence();
        event.topSite = exhaustion.topSite();
        event.stack = exhaustion.sites().isEmpty()
                ? ""
                : JfrOutput.text(exhaustion.sites().get(0).stack());
        event.selfStarvation = exhaustion.selfStarvation();
        event.waitingForOwnTasks = exhaustion.waitingForOwnTasks();
        event.advice = exhaustion.advice();
        event.commit();
    }

    private void selfDeadlock(SelfDeadlock deadlock) {
        if (!registered) {
            return;
        }
        SelfDeadlockEvent event = new SelfDeadlockEvent();
        if (!event.isEnabled()) {
            return;
        }
        event.loop = threads.apply(deadlock.threadId());
        event.name = deadlock.threadName();
        event.loopGroup = deadlock.loopGroup();
        event.site = deadlock.siteText();
        event.waitsFor = deadlock.waitsFor();
        event.through = deadlock.through();
        event.path = String.join(" -> ", deadlock.path());
        event.stack = JfrOutput.text(deadlock.stack());
        event.commit();
    }

    private void downstream(DownstreamSample sample) {
        if (!registered) {
            return;
        }
        DownstreamEvent event = new DownstreamEvent();
        if (!event.isEnabled()) {
            return;
        }
        event.name = sample.name();
        event.inFlight = sample.inFlight();
        event.peak = sample.peak();
        event.highWater = sample.highWater();
        event.connects = sample.connects();
        event.failed = sample.failed();
        event.commit();
    }

    private void fanOut(FanOut fanOut) {
        if (!registered) {
            return;
        }
        FanOutEvent event = new FanOutEvent();
        if (!event.isEnabled()) {
            return;
        }
        event.downstream = fanOut.downstream();
        event.site = fanOut.siteText();
        event.inFlight = fanOut.inFlight();
        event.highWater = fanOut.highWater();
        event.connectsPerSecond = fanOut.connectsPerSecond();
        event.threshold = fanOut.threshold();
        event.stack = JfrOutput.text(fanOut.stack());
        event.commit();
    }

    private void pinned(Pinned pinned) {
        EventTimes times = pinTimes;
        if (!registered || times == null) {
            return;
        }
        PinnedEvent event = new PinnedEvent();
        if (!event.isEnabled()) {
            return;
        }
        times.set(event, pinned.start(), pinned.nanos());
        event.virtualThread = pinned.threadName();
        event.virtualThreadId = pinned.threadId();
        event.site = pinned.siteText();
        event.operation = pinned.operation();
        event.reason = pinned.reason();
        event.stack = JfrOutput.text(pinned.stack());
        event.commit();
    }
}
