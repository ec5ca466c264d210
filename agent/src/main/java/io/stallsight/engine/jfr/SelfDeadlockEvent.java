package io.stallsight.engine.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A loop waits for itself. */
@Name("stallsight.SelfDeadlock")
@Label("Self-Deadlock")
@Category("Stallsight")
@Description("An event loop waits for what only it, or a loop that waits for it, can complete")
@StackTrace(false)
@Registered(false)
final class SelfDeadlockEvent extends Event {

    @Label("Loop")
    @Nullable
    Thread loop;

    @Label("Loop Name")
    @Nullable
    String name;

    @Label("Loop Group")
    @Description("The thread's name with digits folded")
    @Nullable
    String loopGroup;

    @Label("Site")
    @Description("The first application frame")
    @Nullable
    String site;

    @Label("Waits For")
    @Description("Class of the object that the loop waits for")
    @Nullable
    String waitsFor;

    @Label("Through")
    @Description("The other loop of the cycle; empty if the loop waits for itself")
    @Nullable
    String through;

    @Label("Path")
    @Description("How what the loop started leads to what it waits for")
    @Nullable
    String path;

    @Label("Stack")
    @Nullable
    String stack;
}
