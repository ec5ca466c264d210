package io.stallsight.engine.event;

import io.stallsight.engine.fact.HookStatus;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jdk.jfr.FlightRecorder;
import jdk.jfr.consumer.RecordedEvent;

/** Commits an event for each hook whenever JFR calls for them: once for each chunk of a recording. */
public final class HookRecorder {

    /** The name of the event. */
    public static final String EVENT = "stallsight.Hook";

    private final Runnable commit;

    /** @param hooks called by a thread of JFR */
    public HookRecorder(Supplier<List<HookStatus>> hooks) {
        commit = () -> hooks.get().forEach(HookEvent::commit);
    }

    public void register() {
        FlightRecorder.register(HookEvent.class);
        FlightRecorder.addPeriodicEvent(HookEvent.class, commit);
    }

    public void unregister() {
        FlightRecorder.removePeriodicEvent(commit);
        FlightRecorder.unregister(HookEvent.class);
    }

    /** Makes the fact of a recorded event. */
    public static Consumer<RecordedEvent> reader(Consumer<HookStatus> sink) {
        return event -> sink.accept(HookEvent.read(event));
    }
}
