package io.stallsight.engine.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A pool is exhausted. Its start is that of the exhaustion, its duration what it has lasted so far. */
@Name("stallsight.PoolExhausted")
@Label("Pool Exhausted")
@Category("Stallsight")
@Description("Every worker of a pool has been busy, with tasks waiting, for longer than the threshold")
@StackTrace(false)
@Registered(false)
final class PoolExhaustedEvent extends Event {

    @Label("Exhaustion")
    @Description("Equal for all events of one exhaustion: one when it passes the threshold, then one every ten seconds")
    long exhaustionId;

    @Label("Name")
    @Description("Names of its threads with the last number folded")
    @Nullable
    String name;

    @Label("Type")
    @Nullable
    String type;

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
    @Description("Tasks that wait")
    long queued;

    @Label("Oldest Task")
    @Description("A lower bound of the age of the oldest waiting task")
    @Timespan(Timespan.NANOSECONDS)
    long oldestTask;

    @Label("Workers")
    @Description("What the workers are doing, most frequent first")
    @Nullable
    String workers;

    @Label("Top Site")
    @Description("The application frame that most workers are in")
    @Nullable
    String topSite;

    @Label("Stack")
    @Description("Of one of those, innermost frame first")
    @Nullable
    String stack;

    @Label("Self-Starvation")
    @Description("All workers wait for tasks of the same pool: without help it will not end")
    boolean selfStarvation;

    @Label("Waiting For Own Tasks")
    @Description("Workers that wait for tasks of the same pool")
    int waitingForOwnTasks;

    @Label("Advice")
    @Nullable
    String advice;
}
