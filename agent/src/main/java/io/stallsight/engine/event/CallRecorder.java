package io.stallsight.engine.event;

import io.stallsight.engine.fact.BlockingCall;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Makes the events of blocking calls. The caller commits them, as it knows how many frames of its own are on the stack.
 * Thread-safe.
 */
public final class CallRecorder {

    /** For a call that is reported on its own thread, below its frames: JFR's stack trace is the call's. */
    static final Class<? extends Event> BELOW_CALL = BlockingCallEvent.class;

    /** For a call that is reported from other frames than its own. */
    static final Class<? extends Event> ELSEWHERE = RemoteCallEvent.class;

    private final EventTimes timesBelowCall;
    private final EventTimes timesElsewhere;

    private CallRecorder() {
        timesBelowCall = new EventTimes(BELOW_CALL);
        timesElsewhere = new EventTimes(ELSEWHERE);
    }

    /** Registers both events. */
    public static CallRecorder register() {
        FlightRecorder.register(BELOW_CALL);
        FlightRecorder.register(ELSEWHERE);
        return new CallRecorder();
    }

    public void unregister() {
        FlightRecorder.unregister(BELOW_CALL);
        FlightRecorder.unregister(ELSEWHERE);
    }

    /** Null if no recording wants it. */
    public @Nullable CallEvent belowCall(String fingerprint, BlockingCall call) {
        return filled(new BlockingCallEvent(), timesBelowCall, fingerprint, call);
    }

    /** Null if no recording wants it. */
    public @Nullable CallEvent elsewhere(String fingerprint, BlockingCall call) {
        return filled(new RemoteCallEvent(), timesElsewhere, fingerprint, call);
    }

    private static @Nullable CallEvent filled(
            CallEvent event, EventTimes times, String fingerprint, BlockingCall call) {
        if (!event.isEnabled()) {
            return null;
        }
        if (call.nanos() > 0) { // a call that was refused did not take any time
            times.set(event, call.start(), call.nanos());
        }
        if (!event.shouldCommit()) {
            return null;
        }
        event.fill(fingerprint, call);
        return event;
    }
}
