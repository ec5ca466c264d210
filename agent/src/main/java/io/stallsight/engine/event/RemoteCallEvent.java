package io.stallsight.engine.event;

import io.stallsight.engine.fact.BlockingCall;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * A blocking call that is committed from other frames than its own: a wait for a contended monitor, which is seen from
 * outside while it lasts, or a select of which it became clear only later that it was no event loop's. JFR's own stack
 * trace would be of another place, so there is none, and the stack of the call is a text.
 */
@Name(CallEvent.NAME)
@Label("Blocking Call")
@Category("Stallsight")
@Description("A blocking call on a thread that must not block, committed from elsewhere")
@Registered(false)
@StackTrace(false)
final class RemoteCallEvent extends CallEvent {

    @Label("Stack")
    @Description("Where the thread blocked, innermost frame first")
    @Nullable
    String stack;

    @Label("Blocked Thread")
    @Description("Name of the thread that waited")
    @Nullable
    String blockedThread;

    @Override
    void fill(String ofFinding, BlockingCall call) {
        super.fill(ofFinding, call);
        stack = StackText.of(call.stack());
        blockedThread = call.threadName();
    }
}
