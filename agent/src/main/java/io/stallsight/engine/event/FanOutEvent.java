package io.stallsight.engine.event;

import io.stallsight.engine.fact.FanOut;
import java.util.function.LongFunction;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** One site began more connections or requests to one downstream at once than the threshold. */
@Name("stallsight.FanOut")
@Label("Fan-Out")
@Category("Stallsight")
@Description("One site began more connections or requests to one downstream at once than the threshold")
@StackTrace(false)
@Registered(false)
final class FanOutEvent extends FactEvent<FanOut> {

    @Label("Downstream")
    @Description("host:port, or the path of a local socket")
    @Nullable
    String downstream;

    @Label("Operation")
    @Description("What is counted: connections, or requests that share connections")
    @Nullable
    String operation;

    @Label("Site")
    @Description("The application frame that began them; empty if none is known")
    @Nullable
    String site;

    @Label("In Flight")
    @Description("Of the site to the downstream at once, at the most")
    int inFlight;

    @Label("High Water")
    @Description("All to the downstream at once, at the most")
    int highWater;

    @Label("Connects Per Second")
    @Description("To the downstream, in the last seconds; 0 if requests are counted")
    double connectsPerSecond;

    @Label("Requests Per Second")
    @Description("Begun to the downstream, in the last seconds; 0 if connections are counted")
    double requestsPerSecond;

    @Label("Threshold")
    int threshold;

    @Label("Stack")
    @Description("Of the operation that crossed the threshold, innermost frame first")
    @Nullable
    String stack;

    @Label("Request")
    @Description("For which the operation was that crossed the threshold; empty if not known")
    @Nullable
    String request;

    @Label("Handed On")
    @Description("The thread did not serve this request, which has handed on the work")
    boolean handedOn;

    @Label("Trace Id")
    @Description("Of the trace that was current, as the application's tracer knows it; empty if not known")
    @Nullable
    String traceId;

    @Label("Span Id")
    @Description("Of the span that was current; empty if not known")
    @Nullable
    String spanId;

    @Override
    void fill(FanOut of, LongFunction<@Nullable Thread> threads) {
        downstream = of.downstream();
        boolean connections = of.operation() == FanOut.Operation.CONNECTION;
        operation = of.operation().plural();
        site = of.siteText();
        inFlight = of.inFlight();
        highWater = of.highWater();
        connectsPerSecond = connections ? of.perSecond() : 0;
        requestsPerSecond = connections ? 0 : of.perSecond();
        threshold = of.threshold();
        stack = StackText.of(of.stack());
        request = of.request().name();
        handedOn = of.request().handedOn();
        traceId = of.request().traceId();
        spanId = of.request().spanId();
    }

    /** A recording of an earlier version knows of connections only. */
    static FanOut read(RecordedEvent event) {
        boolean connections = !RecordedFields.text(event, "operation").equals(FanOut.Operation.REQUEST.plural());
        return new FanOut(
                RecordedFields.endNanos(event),
                RecordedFields.text(event, "downstream"),
                connections ? FanOut.Operation.CONNECTION : FanOut.Operation.REQUEST,
                StackText.frame(event, "site"),
                (int) RecordedFields.number(event, "threshold"),
                (int) RecordedFields.number(event, "inFlight"),
                (int) RecordedFields.number(event, "highWater"),
                RecordedFields.fraction(event, connections ? "connectsPerSecond" : "requestsPerSecond"),
                StackText.frames(event, "stack"),
                RecordedFields.request(event));
    }
}
