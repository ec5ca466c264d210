package io.stallsight.engine.event;

import io.stallsight.engine.fact.DownstreamSample;
import io.stallsight.engine.fact.InFlight;
import java.util.function.LongFunction;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** One downstream in one interval. */
@Name("stallsight.Downstream")
@Label("Downstream")
@Category("Stallsight")
@Description("Outbound connections and requests to one remote address in the last interval")
@StackTrace(false)
@Registered(false)
final class DownstreamEvent extends FactEvent<DownstreamSample> {

    @Label("Name")
    @Description("host:port, or the path of a local socket")
    @Nullable
    String name;

    @Label("In Flight")
    @Description("Connections between the begin of their connect and their end")
    int inFlight;

    @Label("Peak")
    @Description("The most of them at once in the interval")
    int peak;

    @Label("High Water")
    @Description("The most of them at once since the downstream was first seen")
    int highWater;

    @Label("Connects")
    @Description("Connects that began in the interval")
    long connects;

    @Label("Failed")
    @Description("Connects that failed in the interval")
    long failed;

    @Label("Requests In Flight")
    @Description("Requests of HTTP and gRPC clients that are not answered yet")
    int requestsInFlight;

    @Label("Requests Peak")
    @Description("The most requests at once in the interval")
    int requestsPeak;

    @Label("Requests High Water")
    @Description("The most requests at once since the downstream was first seen")
    int requestsHighWater;

    @Label("Requests Begun")
    @Description("Requests that began in the interval")
    long requestsBegun;

    @Label("Requests Failed")
    @Description("Requests that ended with an exception in the interval, or were cancelled")
    long requestsFailed;

    @Override
    void fill(DownstreamSample of, LongFunction<@Nullable Thread> threads) {
        name = of.name();
        InFlight connections = of.connections();
        inFlight = connections.now();
        peak = connections.peak();
        highWater = connections.highWater();
        connects = connections.begun();
        failed = connections.failed();
        InFlight requests = of.requests();
        requestsInFlight = requests.now();
        requestsPeak = requests.peak();
        requestsHighWater = requests.highWater();
        requestsBegun = requests.begun();
        requestsFailed = requests.failed();
    }

    /** In a recording of an earlier version, the numbers of requests are unknown. */
    static DownstreamSample read(RecordedEvent event) {
        return new DownstreamSample(
                RecordedFields.endNanos(event),
                RecordedFields.text(event, "name"),
                new InFlight(
                        (int) RecordedFields.number(event, "inFlight"),
                        (int) RecordedFields.number(event, "peak"),
                        (int) RecordedFields.number(event, "highWater"),
                        RecordedFields.number(event, "connects"),
                        RecordedFields.number(event, "failed")),
                new InFlight(
                        (int) RecordedFields.number(event, "requestsInFlight"),
                        (int) RecordedFields.number(event, "requestsPeak"),
                        (int) RecordedFields.number(event, "requestsHighWater"),
                        RecordedFields.number(event, "requestsBegun"),
                        RecordedFields.number(event, "requestsFailed")));
    }
}
