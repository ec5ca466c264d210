package io.stallsight.engine.jfr;

import io.stallsight.engine.detect.Delivery;
import io.stallsight.engine.event.CallEvent;
import io.stallsight.engine.event.CallRecorder;
import io.stallsight.engine.event.FactRecorder;
import io.stallsight.engine.event.HookRecorder;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.HookStatus;
import io.stallsight.engine.finding.Finding;
import io.stallsight.engine.finding.Output;
import io.stallsight.engine.stack.ReportDepth;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightFrames;
import io.stallsight.hook.StallsightThread;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import org.jspecify.annotations.Nullable;

/**
 * Facts as JFR events. Nothing of JFR is initialised before its first use: JFR calls the listener when the first
 * recording is made, before it starts, and the events are registered then.
 */
public final class JfrOutput implements Output, FactListener, FlightRecorderListener {

    private final Opener opener;
    private final HookRecorder hooks;
    private final FactRecorder facts;

    /** Null until the first recording. */
    private volatile @Nullable CallRecorder calls;

    private volatile boolean closed;

    /** Lets the engine reflect on a package of module jdk.jfr. */
    public interface Opener {
        void open(String packageName);
    }

    /**
     * @param hooks called by a thread of JFR
     * @param threads the live thread with an id; null if it has ended
     */
    public JfrOutput(Supplier<List<HookStatus>> hooks, Opener opener, LongFunction<@Nullable Thread> threads) {
        this.opener = opener;
        this.hooks = new HookRecorder(hooks);
        this.facts = new FactRecorder(threads);
    }

    /** Begins to listen for recordings. */
    public void start() {
        FlightRecorder.addListener(this);
    }

    /** Takes the events out of JFR. */
    public void stop() {
        closed = true;
        FlightRecorder.removeListener(this);
        CallRecorder registered = calls;
        if (registered != null) {
            calls = null;
            facts.unregister();
            hooks.unregister();
            registered.unregister();
        }
    }

    @Override
    public void recorderInitialized(FlightRecorder recorder) {
        if (calls != null || closed) {
            return;
        }
        try {
            opener.open("jdk.jfr.internal");
            CallRecorder registered = CallRecorder.register();
            hooks.register();
            facts.register();
            calls = registered;
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    @Override
    public void observed(Fact fact) {
        facts.observed(fact);
    }

    @Override
    public void report(Finding finding, BlockingCall call, Delivery delivery) {
        CallRecorder registered = calls;
        if (registered == null) {
            return;
        }
        ReportDepth depth = delivery.depth();
        CallEvent event = depth == null
                ? registered.elsewhere(finding.fingerprint(), call)
                : registered.belowCall(finding.fingerprint(), call);
        if (event == null) {
            return;
        }
        // the settings of a recording may switch the stack of any event on: without a stack of its own it has none
        StallsightThread hiding = StallsightFrames.hide(depth == null ? StallsightFrames.ALL : depth.count());
        try {
            event.commit();
        } finally {
            StallsightFrames.show(hiding);
        }
    }
}
