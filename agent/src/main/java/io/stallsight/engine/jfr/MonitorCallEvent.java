package io.stallsight.engine.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * A wait for a contended monitor. It is seen from outside while it lasts and committed by the waiting thread later, so
 * JFR's own stack trace would be of another place: there is none, and the stack at which the thread waited is a text.
 */
@Name("stallsight.BlockingCall")
@Label("Blocking Call")
@Category("Stallsight")
@Description("A wait for a contended monitor on a thread that must not block")
@Registered(false)
@StackTrace(false)
final class MonitorCallEvent extends CallEvent {

    @Label("Stack")
    @Description("Where the thread waited, innermost frame first")
    @Nullable
    String stack;

    @Label("Blocked Thread")
    @Nullable
    Thread blockedThread;

    @Override
    void publish() {
        commit();
    }
}
