package io.stallsight.engine.jfr;

import io.stallsight.engine.detect.Delivery;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.finding.Finding;
import io.stallsight.engine.finding.Output;
import io.stallsight.engine.instrument.HookTable;
import io.stallsight.engine.stack.ReportDepth;
import io.stallsight.frame.Frames;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightFrames;
import io.stallsight.hook.StallsightThread;
import java.util.List;
import java.util.function.LongFunction;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import org.jspecify.annotations.Nullable;

/**
 * Findings as JFR events. Nothing of JFR is initialised before somebody uses it: the listener is called when the first
 * recording is made, before it starts, and registers the events then.
 */
public final class JfrOutput implements Output, FlightRecorderListener {

    private final HookTable hooks;
    private final Opener opener;
    private final Runnable hookEvents = this::emitHooks;
    private final MonitorEvents monitorEvents;
    private volatile @Nullable EventTimes callTimes;
    private volatile @Nullable EventTimes remoteTimes;
    private volatile boolean active;
    private volatile boolean closed;

    /** Lets the engine reflect on a package of module jdk.jfr. */
    public interface Opener {
        void open(String packageName);
    }

    /** @param threads the live thread with an id; null if it has ended */
    public JfrOutput(HookTable hooks, Opener opener, LongFunction<@Nullable Thread> threads) {
        this.hooks = hooks;
        this.opener = opener;
        this.monitorEvents = new MonitorEvents(threads);
    }

    /** Takes what the monitors find; does nothing until there is a recording. */
    public FactListener monitorEvents() {
        return monitorEvents;
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
            monitorEvents.unregister();
            FlightRecorder.removePeriodicEvent(hookEvents);
            FlightRecorder.unregister(BlockingCallEvent.class);
            FlightRecorder.unregister(RemoteCallEvent.class);
            FlightRecorder.unregister(HookEvent.class);
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
            monitorEvents.register();
            FlightRecorder.addPeriodicEvent(HookEvent.class, hookEvents);
            opener.open("jdk.jfr.internal");
            callTimes = new EventTimes(BlockingCallEvent.class);
            remoteTimes = new EventTimes(RemoteCallEvent.class);
            active = true;
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    @Override
    public void report(Finding finding, BlockingCall call, Delivery delivery) {
        if (!active) {
            return;
        }
        ReportDepth depth = delivery.depth();
        CallEvent event = depth != null ? new BlockingCallEvent() : new RemoteCallEvent();
        EventTimes times = depth != null ? callTimes : remoteTimes;
        if (times == null || !event.isEnabled()) {
            return;
        }
        if (call.nanos() > 0) { // a call that was refused did not take any time
            times.set(event, call.start(), call.nanos());
        }
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
        // the settings of a recording may switch the stack of any event on: without a stack of its own it has none
        int hidden = depth != null ? depth.count() : StallsightFrames.ALL;
        StallsightThread hiding = StallsightFrames.hide(hidden);
        try {
            event.commit();
        } finally {
            StallsightFrames.show(hiding);
        }
    }

    static String text(List<StackTraceElement> stack) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement frame : stack) {
            text.append(Frames.describe(frame)).append('\n');
        }
        return text.toString();
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
