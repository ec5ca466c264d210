package io.stallsight.engine.event;

import io.stallsight.engine.fact.Histogram;
import io.stallsight.engine.fact.PoolKind;
import io.stallsight.engine.fact.PoolSample;
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

/** One pool in one interval. */
@Name("stallsight.ThreadPool")
@Label("Thread Pool")
@Category("Stallsight")
@Description("What a pool did in the last interval; a number that it does not report is -1")
@StackTrace(false)
@Registered(false)
final class ThreadPoolEvent extends FactEvent<PoolSample> {

    @Label("Name")
    @Description("Names of its threads with the last number folded")
    @Nullable
    String name;

    @Label("Type")
    @Nullable
    String type;

    @Label("Kind")
    @Description(
            "What the pool has: THREADS, CONNECTIONS or PERMITS, where a connection or permit in use is an active worker and its holder's time the run time")
    @Nullable
    String kind;

    @Label("Executors")
    @Description("Executors whose threads have this name")
    int executors;

    @Label("Active")
    @Description("Workers that run a task")
    long active;

    @Label("Size")
    @Description("Workers")
    long size;

    @Label("Maximum")
    @Description("Workers at the most")
    long max;

    @Label("Queued")
    @Description("Tasks that wait; of a scheduled pool those that are due")
    long queued;

    @Label("Capacity")
    @Description("Of the queue")
    long capacity;

    @Label("Queue Wait p50")
    @Description("Of tasks that workers took, sampled")
    @Timespan(Timespan.NANOSECONDS)
    long queueWaitP50;

    @Label("Queue Wait p99")
    @Timespan(Timespan.NANOSECONDS)
    long queueWaitP99;

    @Label("Queue Wait Maximum")
    @Timespan(Timespan.NANOSECONDS)
    long queueWaitMax;

    @Label("Oldest Task")
    @Description("A lower bound of the age of the oldest waiting task; 0 if none is known to wait")
    @Timespan(Timespan.NANOSECONDS)
    long oldestTask;

    @Label("Run Time p50")
    @Description("Of the tasks whose wait was measured")
    @Timespan(Timespan.NANOSECONDS)
    long runP50;

    @Label("Run Time p99")
    @Timespan(Timespan.NANOSECONDS)
    long runP99;

    @Label("Run Time Maximum")
    @Timespan(Timespan.NANOSECONDS)
    long runMax;

    @Label("Completed")
    @Description("Tasks in the interval; of a pool that does not count them, those that workers took")
    long completed;

    @Label("Rejected")
    @Description("Tasks in the interval")
    long rejected;

    @Label("Saturation")
    @Description("Active / maximum")
    @Percentage
    double saturation;

    @Override
    void fill(PoolSample of, LongFunction<@Nullable Thread> threads) {
        name = of.name();
        type = of.type();
        kind = of.kind().name();
        executors = of.executors();
        active = of.active();
        size = of.size();
        max = of.max();
        queued = of.queued();
        capacity = of.capacity();
        queueWaitP50 = of.waitP50();
        queueWaitP99 = of.waitP99();
        queueWaitMax = of.waitMax();
        oldestTask = of.oldestTask();
        runP50 = of.runP50();
        runP99 = of.runP99();
        runMax = of.runMax();
        completed = of.completed();
        rejected = of.rejected();
        saturation = of.saturation();
    }

    static PoolSample read(RecordedEvent event) {
        return new PoolSample(
                RecordedFields.endNanos(event),
                RecordedFields.text(event, "name"),
                RecordedFields.text(event, "type"),
                PoolKind.named(RecordedFields.text(event, "kind")),
                (int) RecordedFields.number(event, "executors"),
                RecordedFields.number(event, "active"),
                RecordedFields.number(event, "size"),
                RecordedFields.number(event, "max"),
                RecordedFields.number(event, "queued"),
                RecordedFields.number(event, "capacity"),
                RecordedFields.nanos(event, "queueWaitP50"),
                RecordedFields.nanos(event, "queueWaitP99"),
                RecordedFields.nanos(event, "queueWaitMax"),
                RecordedFields.nanos(event, "oldestTask"),
                RecordedFields.nanos(event, "runP50"),
                RecordedFields.nanos(event, "runP99"),
                RecordedFields.nanos(event, "runMax"),
                RecordedFields.number(event, "completed"),
                RecordedFields.number(event, "rejected"),
                RecordedFields.fraction(event, "saturation"),
                Histogram.EMPTY);
    }
}
