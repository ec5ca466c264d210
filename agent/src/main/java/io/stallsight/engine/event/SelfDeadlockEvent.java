package io.stallsight.engine.event;

import io.stallsight.engine.fact.SelfDeadlock;
import java.util.List;
import java.util.function.LongFunction;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** A loop waits for itself. Its start and duration are those of the wait so far. */
@Name("stallsight.SelfDeadlock")
@Label("Self-Deadlock")
@Category("Stallsight")
@Description("An event loop waits for what only it, or a loop that waits for it, can complete")
@StackTrace(false)
@Registered(false)
final class SelfDeadlockEvent extends FactEvent<SelfDeadlock> {

    /** Between two classes of the path, which have none in their names. */
    private static final String ARROW = " -> ";

    @Label("Loop")
    @Nullable
    Thread loop;

    @Label("Loop Name")
    @Nullable
    String name;

    @Label("Loop Group")
    @Description("The thread's name with its numbers folded, also UUIDs and hexadecimal ones")
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

    @Label("Certainty")
    @Description(
            "proven; suspected: a task of the loop refers to what the loop waits for; withdrawn: another thread has completed it")
    @Nullable
    String certainty;

    @Label("Request")
    @Description("That the loop serves, with its route or the shape of its path; empty if not known")
    @Nullable
    String request;

    @Label("Handed On")
    @Description("The thread did not serve this request, which has handed on the work; a worker of a queue that several"
            + " requests fill may have worked for another one")
    boolean handedOn;

    @Label("Stack")
    @Nullable
    String stack;

    @Override
    void fill(SelfDeadlock of, LongFunction<@Nullable Thread> threads) {
        loop = threads.apply(of.threadId());
        name = of.threadName();
        loopGroup = of.loopGroup();
        site = of.siteText();
        waitsFor = of.waitsFor();
        through = of.through();
        path = String.join(ARROW, of.path());
        certainty = of.certainty().word();
        request = of.request().name();
        handedOn = of.request().handedOn();
        stack = StackText.of(of.stack());
    }

    static SelfDeadlock read(RecordedEvent event) {
        return new SelfDeadlock(
                RecordedFields.startNanos(event),
                event.getDuration().toNanos(),
                RecordedFields.threadId(event, "loop"),
                RecordedFields.text(event, "name"),
                RecordedFields.text(event, "loopGroup"),
                StackText.frameOrUnknown(event, "site"),
                StackText.frames(event, "stack"),
                RecordedFields.text(event, "waitsFor"),
                List.of(RecordedFields.text(event, "path").split(ARROW)),
                RecordedFields.textOrNull(event, "through"),
                event.hasField("certainty")
                        ? SelfDeadlock.Certainty.of(RecordedFields.text(event, "certainty"))
                        : SelfDeadlock.Certainty.PROVEN,
                RecordedFields.request(event),
                0);
    }
}
