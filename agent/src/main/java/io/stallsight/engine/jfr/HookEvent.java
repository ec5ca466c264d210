package io.stallsight.engine.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
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
}
