package io.stallsight.engine.jfr;

import io.stallsight.engine.detect.BlockingCall;
import io.stallsight.engine.detect.Frames;
import io.stallsight.engine.finding.Finding;
import io.stallsight.engine.finding.Output;
import io.stallsight.engine.instrument.HookTable;
import io.stallsight.engine.monitor.Cause;
import io.stallsight.engine.monitor.DownstreamSample;
import io.stallsight.engine.monitor.FanOut;
import io.stallsight.engine.monitor.LoopSample;
import io.stallsight.engine.monitor.MonitorListener;
import io.stallsight.engine.monitor.Pinned;
import io.stallsight.engine.monitor.PoolExhaustion;
import io.stallsight.engine.monitor.PoolSample;
import io.stallsight.engine.monitor.SelfDeadlock;
import io.stallsight.engine.monitor.Stall;
import io.stallsight.hook.StallsightHook;
import java.util.List;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import org.jspecify.annotations.Nullable;

/**
 * Findings as JFR events. Nothing of JFR is initialised before somebody uses it: the listener is called when the first
 * recording is made, before it starts, and registers the events then.
 */
public final class JfrOutput implements Output, MonitorListener, FlightRecorderListener {

    private final HookTable hooks;
    private final Opener opener;
    private final Runnable hookEvents = this::emitHooks;
    private volatile @Nullable EventTimes stallTimes;
    private volatile @Nullable EventTimes exhaustionTimes;
    private volatile @Nullable EventTimes pinTimes;
    private volatile boolean active;
    private volatile boolean closed;

    /** Lets the engine reflect on a package of module jdk.jfr. */
    public interface Opener {
        void open(String packageName);
    }

    public JfrOutput(HookTable hooks, Opener opener) {
        this.hooks = hooks;
        this.opener = opener;
    }

    /** Begins to listen for recordings. */
    public void start() {
        FlightRecorder.addListener(this);
    }

    /** Takes the events out of JFR. */
    public void stop() {
        closed = true;
        FlightRecorder.removeListener(this);
        if (active) {
            active = false;
            FlightRecorder.removePeriodicEvent(hookEvents);
            FlightRecorder.unregister(BlockingCallEvent.class);
            FlightRecorder.unregister(RemoteCallEvent.class);
            FlightRecorder.unregister(HookEvent.class);
            FlightRecorder.unregister(LoopLagEvent.class);
            FlightRecorder.unregister(LoopStallEvent.class);
            FlightRecorder.unregister(DownstreamEvent.class);
            FlightRecorder.unregister(FanOutEvent.class);
            FlightRecorder.unregister(PinnedEvent.class);
            FlightRecorder.unregister(ThreadPoolEvent.class);
            FlightRecorder.unregister(PoolExhaustedEvent.class);
            FlightRecorder.unregister(SelfDeadlockEvent.class);
        }
    }

    @Override
    public void recorderInitialized(FlightRecorder recorder) {
        if (active || closed) {
            return;
        }
        try {
            FlightRecorder.register(BlockingCallEvent.class);
            FlightRecorder.register(RemoteCallEvent.class);
            FlightRecorder.register(HookEvent.class);
            FlightRecorder.register(LoopLagEvent.class);
            FlightRecorder.register(LoopStallEvent.class);
            FlightRecorder.register(DownstreamEvent.class);
            FlightRecorder.register(FanOutEvent.class);
            FlightRecorder.register(PinnedEvent.class);
            pinTimes = new EventTimes(PinnedEvent.class);
            FlightRecorder.register(ThreadPoolEvent.class);
            FlightRecorder.register(PoolExhaustedEvent.class);
            exhaustionTimes = new EventTimes(PoolExhaustedEvent.class);
            FlightRecorder.register(SelfDeadlockEvent.class);
            stallTimes = new EventTimes(LoopStallEvent.class);
            FlightRecorder.addPeriodicEvent(HookEvent.class, hookEvents);
            opener.open("jdk.jfr");
            opener.open("jdk.jfr.internal");
            StackTraceCut.ofAgentFrames(BlockingCallEvent.class);
            StackTraceCut.ofAllFrames(RemoteCallEvent.class);
            active = true;
        } catch (Throwable t) {
            StallsightHook.suppress(t);
        }
    }

    @Override
    public @Nullable Object begin(boolean onThread) {
        if (!active) {
            return null;
        }
        CallEvent event = onThread ? new BlockingCallEvent() : new RemoteCallEvent();
        event.begin();
        return event;
    }

    @Override
    public void end(@Nullable Object attachment) {
        if (attachment instanceof CallEvent event) {
            event.end();
        }
    }

    @Override
    public void report(Finding finding, BlockingCall call) {
        if (!active) {
            return;
        }
        CallEvent event = call.attachment() instanceof CallEvent begun ? begun : fresh(call);
        if (!event.shouldCommit()) {
            return;
        }
        event.kind = call.kind().name();
        event.api = call.api();
        event.site = call.siteText();
        event.loopGroup = call.loopGroup();
        event.fingerprint = finding.fingerprint();
        event.detail = call.detail();
        if (event instanceof RemoteCallEvent remote) {
            remote.stack = text(call.stack());
            remote.blockedThread = call.threadName();
        }
        event.publish();
    }

    /** The recording began while the call was on its way, or the call was refused. */
    private static CallEvent fresh(BlockingCall call) {
        return call.onThread() ? new BlockingCallEvent() : new RemoteCallEvent();
    }

    private static String text(List<StackTraceElement> stack) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement frame : stack) {
            text.append(Frames.describe(frame)).append('\n');
        }
        return text.toString();
    }

    @Override
    public void loop(LoopSample sample) {
        if (!active) {
            return;
        }
        LoopLagEvent event = new LoopLagEvent();
        if (!event.isEnabled()) {
            return;
        }
        event.loop = sample.thread();
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

    @Override
    public void stall(Stall stall) {
        EventTimes times = stallTimes;
        LoopStallEvent event = new LoopStallEvent();
        if (!active || times == null || !event.isEnabled()) {
            return;
        }
        times.set(event, stall.start(), stall.nanos());
        event.stallId = stall.id();
        event.loop = stall.thread();
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
        event.stack = text(stall.stack());
        event.lockOwner = stall.owner();
        event.lockOwnerStack = text(stall.ownerStack());
        event.tasks = stall.tasks();
        event.topTasks = String.join(", ", stall.topTasks());
        event.waiting = stall.waiting();
        event.harm = stall.harmSeconds();
        event.evidence = stall.evidence();
        event.commit();
    }

    @Override
    public void pool(PoolSample sample) {
        if (!active) {
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

    @Override
    public void exhausted(PoolExhaustion exhaustion) {
        EventTimes times = exhaustionTimes;
        PoolExhaustedEvent event = new PoolExhaustedEvent();
        if (!active || times == null || !event.isEnabled()) {
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
                : text(exhaustion.sites().get(0).stack());
        event.selfStarvation = exhaustion.selfStarvation();
        event.waitingForOwnTasks = exhaustion.waitingForOwnTasks();
        event.advice = exhaustion.advice();
        event.commit();
    }

    @Override
    public void selfDeadlock(SelfDeadlock deadlock) {
        SelfDeadlockEvent event = new SelfDeadlockEvent();
        if (!active || !event.isEnabled()) {
            return;
        }
        event.loop = deadlock.thread();
        event.name = deadlock.threadName();
        event.loopGroup = deadlock.loopGroup();
        event.site = deadlock.siteText();
        event.waitsFor = deadlock.waitsFor();
        event.through = deadlock.through();
        event.path = String.join(" -> ", deadlock.path());
        event.stack = text(deadlock.stack());
        event.commit();
    }

    @Override
    public void downstream(DownstreamSample sample) {
        if (!active) {
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

    @Override
    public void fanOut(FanOut fanOut) {
        if (!active) {
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
        event.stack = text(fanOut.stack());
        event.commit();
    }

    @Override
    public void pinned(Pinned pinned) {
        EventTimes times = pinTimes;
        if (!active || times == null) {
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
        event.stack = text(pinned.stack());
        event.commit();
    }

    private void emitHooks() {
        for (HookTable.Row row : hooks.rows()) {
            HookEvent event = new HookEvent();
            event.hook = row.point().hook();
            event.library = row.point().library();
            event.type = row.point().type().name();
            event.state = row.state().name();
            event.problem = row.problem();
            event.commit();
        }
    }
}
