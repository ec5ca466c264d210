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

/** One site opened more connections to one downstream at once than the threshold. */
@Name("stallsight.FanOut")
@Label("Fan-Out")
@Category("Stallsight")
@Description("One site opened more connections to one downstream at once than the threshold")
@StackTrace(false)
@Registered(false)
final class FanOutEvent extends FactEvent<FanOut> {

    @Label("Downstream")
    @Description("host:port, or the path of a local socket")
    @Nullable
    String downstream;

    @Label("Site")
    @Description("The application frame that opened the connections; empty if none is known")
    @Nullable
    String site;

    @Label("In Flight")
    @Description("Connections of the site to the downstream at once, at the most")
    int inFlight;

    @Label("High Water")
    @Description("All connections to the downstream at once, at the most")
    int highWater;

    @Label("Connects Per Second")
    @Description("To the downstream, in the last seconds")
    double connectsPerSecond;

    @Label("Threshold")
    int threshold;

    @Label("Stack")
    @Description("Of the connect that crossed the threshold, innermost frame first")
    @Nullable
    String stack;

    @Label("Request")
    @Description("For which the connect was that crossed the threshold; empty if not known")
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
        site = of.siteText();
        inFlight = of.inFlight();
        highWater = of.highWater();
        connectsPerSecond = of.connectsPerSecond();
        threshold = of.threshold();
        stack = StackText.of(of.stack());
        request = of.request().name();
        handedOn = of.request().handedOn();
        traceId = of.request().traceId();
        spanId = of.request().spanId();
    }

    static FanOut read(RecordedEvent event) {
        return new FanOut(
                RecordedFields.endNanos(event),
                RecordedFields.text(event, "downstream"),
                StackText.frame(event, "site"),
                (int) RecordedFields.number(event, "threshold"),
                (int) RecordedFields.number(event, "inFlight"),
                (int) RecordedFields.number(event, "highWater"),
                RecordedFields.fraction(event, "connectsPerSecond"),
                StackText.frames(event, "stack"),
                RecordedFields.request(event));
    }
}
