package io.stallsight.engine.event;

import io.stallsight.engine.fact.DownstreamSample;
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
@Description("Outbound connections to one remote address in the last interval")
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

    @Override
    void fill(DownstreamSample of, LongFunction<@Nullable Thread> threads) {
        name = of.name();
        inFlight = of.inFlight();
        peak = of.peak();
        highWater = of.highWater();
        connects = of.connects();
        failed = of.failed();
    }

    static DownstreamSample read(RecordedEvent event) {
        return new DownstreamSample(
                RecordedFields.endNanos(event),
                RecordedFields.text(event, "name"),
                (int) RecordedFields.number(event, "inFlight"),
                (int) RecordedFields.number(event, "peak"),
                (int) RecordedFields.number(event, "highWater"),
                RecordedFields.number(event, "connects"),
                RecordedFields.number(event, "failed"));
    }
}
