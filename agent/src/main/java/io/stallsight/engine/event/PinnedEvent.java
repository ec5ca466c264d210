package io.stallsight.engine.event;

import io.stallsight.engine.fact.Pinned;
import java.util.function.LongFunction;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** A virtual thread kept its carrier while it waited. Its start and duration are those of the wait. */
@Name("stallsight.Pinned")
@Label("Pinned Carrier")
@Category("Stallsight")
@Description("A virtual thread kept its carrier while it waited")
@StackTrace(false)
@Registered(false)
final class PinnedEvent extends FactEvent<Pinned> {

    @Label("Virtual Thread")
    @Description("Its name; empty if it has none")
    @Nullable
    String virtualThread;

    @Label("Virtual Thread Id")
    long virtualThreadId;

    @Label("Site")
    @Description("The application frame to blame; empty if there is none")
    @Nullable
    String site;

    @Label("Operation")
    @Description("The call that waited; empty if the JDK does not report it")
    @Nullable
    String operation;

    @Label("Reason")
    @Description("Why the thread could not leave its carrier")
    @Nullable
    String reason;

    @Label("Stack")
    @Description("Innermost frame first")
    @Nullable
    String stack;

    @Override
    void fill(Pinned of, LongFunction<@Nullable Thread> threads) {
        virtualThread = of.name();
        virtualThreadId = of.threadId();
        site = of.siteText();
        operation = of.operation();
        reason = of.reason();
        stack = StackText.of(of.stack());
    }

    static Pinned read(RecordedEvent event) {
        return new Pinned(
                RecordedFields.text(event, "virtualThread"),
                RecordedFields.number(event, "virtualThreadId"),
                RecordedFields.startNanos(event),
                event.getDuration().toNanos(),
                RecordedFields.text(event, "operation"),
                RecordedFields.text(event, "reason"),
                StackText.frame(event, "site"),
                StackText.frames(event, "stack"));
    }
}
