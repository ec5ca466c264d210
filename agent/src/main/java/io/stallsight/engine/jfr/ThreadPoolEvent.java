package io.stallsight.engine.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Percentage;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** One pool in one interval. */
@Name("stallsight.ThreadPool")
@Label("Thread Pool")
@Category("Stallsight")
@Description("What a pool did in the last interval; numbers that it does not tell are -1")
@StackTrace(false)
@Registered(false)
final class ThreadPoolEvent extends Event {

    @Label("Name")
    @Description("Names of its threads with the last number folded")
    @Nullable
    String name;

    @Label("Type")
    @Nullable
    String type;

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
}
