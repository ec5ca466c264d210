package io.stallsight.engine.event;

import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolKind;
import io.stallsight.engine.fact.PoolObstacle;
import java.util.function.LongFunction;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** A pool is exhausted. Its start is that of the exhaustion, its duration what it has lasted so far. */
@Name("stallsight.PoolExhausted")
@Label("Pool Exhausted")
@Category("Stallsight")
@Description("All workers of a pool are busy, and a task has waited for longer than the threshold")
@StackTrace(false)
@Registered(false)
final class PoolExhaustedEvent extends FactEvent<PoolExhaustion> {

    @Label("Exhaustion")
    @Description(
            "Equal for all events of one exhaustion: one when it passes the threshold, then one every ten seconds, and one at its end")
    long exhaustionId;

    @Label("Name")
    @Description("Names of its threads with the last number folded")
    @Nullable
    String name;

    @Label("Type")
    @Nullable
    String type;

    @Label("Kind")
    @Description(
            "What the pool has: THREADS, CONNECTIONS or PERMITS, where the holders are the workers, and threads wait")
    @Nullable
    String kind;

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

    @Label("Capacity")
    @Description("Of the queue; -1 if the pool does not report it")
    long capacity;

    @Label("Oldest Task")
    @Description("A lower bound of the age of the oldest waiting task")
    @Timespan(Timespan.NANOSECONDS)
    long oldestTask;

    @Label("Workers")
    @Description("What the workers are doing, most frequent first")
    @Nullable
    String workers;

    @Label("Worker Groups")
    @Description(
            "Workers that do the same, largest group first: their number, what they do, the application frame or -, "
                    + "then the stack of one of them, innermost frame first; a blank line between two groups")
    @Nullable
    String workerGroups;

    @Label("Waiters")
    @Description("Threads that wait for a connection, in groups, as the workers")
    @Nullable
    String waiters;

    @Label("Requests")
    @Description("That the workers serve: a line for each name, with their number before it; most first")
    @Nullable
    String requests;

    @Label("Waiting Requests")
    @Description("Of the threads that wait for a connection, in the same form")
    @Nullable
    String waitingRequests;

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

    @Label("Busy Workers")
    @Description("The number of workers that were seen")
    int busy;

    @Label("Obstacle")
    @Description(
            "What keeps the workers from the tasks: OWN_TASKS, QUEUE_NOT_FULL, NOT_RETURNED, NOT_OPENED, COMPUTING or WAITING")
    @Nullable
    String obstacle;

    @Label("Ongoing")
    @Description("False in the last event of an exhaustion, which reports its end")
    boolean ongoing;

    @Label("Advice")
    @Nullable
    String advice;

    @Override
    void fill(PoolExhaustion of, LongFunction<@Nullable Thread> threads) {
        exhaustionId = of.id();
        name = of.name();
        type = of.type();
        kind = of.kind().name();
        active = of.active();
        size = of.size();
        max = of.max();
        queued = of.queued();
        capacity = of.capacity();
        oldestTask = of.oldestTask();
        workers = of.evidence();
        workerGroups = StackText.ofWorkers(of.sites());
        waiters = StackText.ofWorkers(of.waiters());
        requests = RequestCounts.text(of.requests());
        waitingRequests = RequestCounts.text(of.waitingRequests());
        topSite = of.topSite();
        stack = of.sites().isEmpty() ? "" : StackText.of(of.sites().get(0).stack());
        selfStarvation = of.selfStarvation();
        waitingForOwnTasks = of.waitingForOwnTasks();
        busy = of.busy();
        obstacle = of.obstacle().name();
        ongoing = of.ongoing();
        advice = of.fix();
    }

    static PoolExhaustion read(RecordedEvent event) {
        return new PoolExhaustion(
                RecordedFields.number(event, "exhaustionId"),
                RecordedFields.text(event, "name"),
                RecordedFields.text(event, "type"),
                PoolKind.named(RecordedFields.text(event, "kind")),
                RecordedFields.startNanos(event),
                event.getDuration().toNanos(),
                RecordedFields.number(event, "active"),
                RecordedFields.number(event, "size"),
                RecordedFields.number(event, "max"),
                RecordedFields.number(event, "queued"),
                RecordedFields.number(event, "capacity"),
                RecordedFields.nanos(event, "oldestTask"),
                StackText.workers(event, "workerGroups"),
                StackText.workers(event, "waiters"),
                RequestCounts.read(event, "requests"),
                RequestCounts.read(event, "waitingRequests"),
                (int) RecordedFields.number(event, "waitingForOwnTasks"),
                (int) RecordedFields.number(event, "busy"),
                !event.hasField("ongoing") || RecordedFields.flag(event, "ongoing"),
                PoolObstacle.named(RecordedFields.text(event, "obstacle")));
    }
}
