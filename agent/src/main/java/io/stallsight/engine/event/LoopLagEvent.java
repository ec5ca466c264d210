package io.stallsight.engine.event;

import io.stallsight.engine.fact.Histogram;
import io.stallsight.engine.fact.LoopSample;
import java.util.function.LongFunction;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Percentage;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** One loop in one interval. */
@Name("stallsight.LoopLag")
@Label("Loop Lag")
@Category("Stallsight")
@Description("How long a ready task waited for its event loop in the last interval, and what the loop did")
@StackTrace(false)
@Registered(false)
final class LoopLagEvent extends FactEvent<LoopSample> {

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

    @Label("Lag p50")
    @Timespan(Timespan.NANOSECONDS)
    long lagP50;

    @Label("Lag p90")
    @Timespan(Timespan.NANOSECONDS)
    long lagP90;

    @Label("Lag p99")
    @Timespan(Timespan.NANOSECONDS)
    long lagP99;

    @Label("Lag Maximum")
    @Timespan(Timespan.NANOSECONDS)
    long lagMax;

    @Label("Utilization")
    @Description("Busy time / time")
    @Percentage
    double utilization;

    @Label("Ticks")
    @Description("Busy periods that ended in the interval")
    long ticks;

    @Label("Tick p50")
    @Timespan(Timespan.NANOSECONDS)
    long tickP50;

    @Label("Tick p90")
    @Timespan(Timespan.NANOSECONDS)
    long tickP90;

    @Label("Tick p99")
    @Timespan(Timespan.NANOSECONDS)
    long tickP99;

    @Label("Tick Maximum")
    @Timespan(Timespan.NANOSECONDS)
    long tickMax;

    @Label("Tasks")
    @Description("Tasks and I/O events that the loop began")
    long tasks;

    @Label("Pending Tasks")
    @Description("Tasks in the loop's queue; -1 if the framework does not report it")
    long pendingTasks;

    @Label("Channels")
    @Description("Channels registered with the loop; -1 if the framework does not report it")
    long channels;

    @Label("Waited")
    @Description(
            "I/O events that waited for a tick with 5 ms of blocking calls that was no stall, on average; -1 if unknown")
    double waited;

    @Label("Running For")
    @Description("Age of the running tick; 0 if the loop waits for work")
    @Timespan(Timespan.NANOSECONDS)
    long runningFor;

    @Label("Oldest Task")
    @Description("A lower bound of the age of the oldest waiting task; 0 if none is known to wait")
    @Timespan(Timespan.NANOSECONDS)
    long oldestTask;

    @Override
    void fill(LoopSample of, LongFunction<@Nullable Thread> threads) {
        loop = threads.apply(of.threadId());
        name = of.name();
        loopGroup = of.loopGroup();
        lagP50 = of.lagP50();
        lagP90 = of.lagP90();
        lagP99 = of.lagP99();
        lagMax = of.lagMax();
        utilization = of.utilization();
        ticks = of.ticks();
        tickP50 = of.tickP50();
        tickP90 = of.tickP90();
        tickP99 = of.tickP99();
        tickMax = of.tickMax();
        tasks = of.tasks();
        pendingTasks = of.pending();
        channels = of.channels();
        waited = of.waited();
        runningFor = of.runningFor();
        oldestTask = of.oldestTask();
    }

    static LoopSample read(RecordedEvent event) {
        return new LoopSample(
                RecordedFields.endNanos(event),
                RecordedFields.threadId(event, "loop"),
                RecordedFields.text(event, "name"),
                RecordedFields.text(event, "loopGroup"),
                RecordedFields.nanos(event, "lagP50"),
                RecordedFields.nanos(event, "lagP90"),
                RecordedFields.nanos(event, "lagP99"),
                RecordedFields.nanos(event, "lagMax"),
                RecordedFields.fraction(event, "utilization"),
                RecordedFields.number(event, "ticks"),
                RecordedFields.nanos(event, "tickP50"),
                RecordedFields.nanos(event, "tickP90"),
                RecordedFields.nanos(event, "tickP99"),
                RecordedFields.nanos(event, "tickMax"),
                RecordedFields.number(event, "tasks"),
                RecordedFields.number(event, "pendingTasks"),
                RecordedFields.number(event, "channels"),
                RecordedFields.fraction(event, "waited"),
                RecordedFields.nanos(event, "runningFor"),
                RecordedFields.nanos(event, "oldestTask"),
                Histogram.EMPTY,
                Histogram.EMPTY);
    }
}
