package io.stallsight.engine.event;

import io.stallsight.engine.fact.HookStatus;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** One hook and whether it took. Emitted once for each chunk of a recording. */
@Name("stallsight.Hook")
@Label("Hook")
@Category("Stallsight")
@Description("A method that is watched, and whether the hook took")
@StackTrace(false)
@Period("endChunk")
@Registered(false)
final class HookEvent extends Event {

    @Label("Hook")
    @Nullable
    String hook;

    @Label("Library")
    @Nullable
    String library;

    @Label("Type")
    @Nullable
    String type;

    @Label("State")
    @Description("WOVEN, WAITING (the class was not loaded), MISSING or FAILED")
    @Nullable
    String state;

    @Label("Problem")
    @Nullable
    String problem;

    static void commit(HookStatus of) {
        HookEvent event = new HookEvent();
        event.hook = of.hook();
        event.library = of.library();
        event.type = of.type();
        event.state = of.state().name();
        event.problem = of.problem();
        event.commit();
    }

    /** A state that this version does not know is one of a hook that failed. */
    static HookStatus read(RecordedEvent event) {
        HookStatus.State state = HookStatus.State.FAILED;
        for (HookStatus.State known : HookStatus.State.values()) {
            state = known.name().equals(RecordedFields.text(event, "state")) ? known : state;
        }
        return new HookStatus(
                RecordedFields.text(event, "hook"),
                RecordedFields.text(event, "library"),
                RecordedFields.text(event, "type"),
                state,
                RecordedFields.textOrNull(event, "problem"));
    }
}
