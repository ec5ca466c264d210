package io.stallsight.engine.metrics;

import static io.stallsight.engine.metrics.Metric.Merge.MAX;
import static io.stallsight.engine.metrics.Metric.Merge.SUM;
import static io.stallsight.engine.metrics.Metric.Type.COUNTER;
import static io.stallsight.engine.metrics.Metric.Type.GAUGE;
import static io.stallsight.engine.metrics.Metric.Type.HISTOGRAM;
import static io.stallsight.engine.metrics.Metric.Type.INFO;
import static io.stallsight.engine.metrics.Metric.Unit.NONE;
import static io.stallsight.engine.metrics.Metric.Unit.RATIO;
import static io.stallsight.engine.metrics.Metric.Unit.SECONDS;

import java.util.List;

/**
 * All metrics, in the order in which outputs list them.
 *
 * <p>Names and labels separate words by dots. Each output converts them to the convention of its format:
 * {@code loop.lag} in seconds becomes {@code stallsight_loop_lag_seconds} for Prometheus.
 */
public enum Metric {
    LOOP_LAG(
            "loop.lag",
            HISTOGRAM,
            SECONDS,
            SUM,
            Labels.LOOP,
            "Time that a ready task waits for the loop, of one task each millisecond"),
    LOOP_LAG_MAX(
            "loop.lag.max",
            GAUGE,
            SECONDS,
            MAX,
            Labels.LOOP,
            "Longest time that a ready task waited for the loop in the last interval"),
    LOOP_TICK("loop.tick", HISTOGRAM, SECONDS, SUM, Labels.LOOP, "Duration of ticks that ended"),
    LOOP_UTILIZATION(
            "loop.utilization",
            GAUGE,
            RATIO,
            MAX,
            Labels.LOOP,
            "Busy time of the loop in the last interval, divided by the interval"),
    LOOP_PENDING_TASKS("loop.pending.tasks", GAUGE, NONE, SUM, Labels.LOOP, "Tasks in the queue of the loop"),
    LOOP_RUNNING(
            "loop.running",
            GAUGE,
            SECONDS,
            MAX,
            Labels.LOOP,
            "Age of the tick that the loop is running; 0 while the loop waits for work"),
    BLOCKING_CALLS("blocking.calls", COUNTER, NONE, SUM, Labels.CALL, "Blocking calls on threads that must not block"),
    BLOCKING_TIME(
            "blocking", COUNTER, SECONDS, SUM, Labels.CALL, "Time in blocking calls on threads that must not block"),
    BLOCKING_DURATION(
            "blocking.duration",
            HISTOGRAM,
            SECONDS,
            SUM,
            Labels.KIND,
            "Duration of blocking calls on threads that must not block"),
    STALLS("stalls", COUNTER, NONE, SUM, Labels.STALL, "Stalls: a tick or a waiting task exceeded the stall threshold"),
    STALL_TIME("stall", COUNTER, SECONDS, SUM, Labels.STALL, "Total duration of stalls"),
    STALL_HARM(
            "stall.harm",
            COUNTER,
            SECONDS,
            SUM,
            Labels.STALL,
            "Harm of stalls: the time that requests lost; where that is not measured, the duration of the stall times the"
                    + " tasks and connections that waited"),
    STALL_DURATION("stall.duration", HISTOGRAM, SECONDS, SUM, Labels.CAUSE, "Duration of stalls that ended"),
    REQUEST_LOST("request.lost", HISTOGRAM, SECONDS, SUM, Labels.CAUSE, "Time that each request lost behind a stall"),
    SELF_DEADLOCKS(
            "self.deadlocks",
            COUNTER,
            NONE,
            SUM,
            Labels.SITE_AND_GROUP,
            "Self-deadlocks: a loop waited for a result that only the loop itself can produce"),
    FAN_OUTS(
            "fan.outs",
            COUNTER,
            NONE,
            SUM,
            Labels.SITE,
            "Fan-outs: a site had more connections or requests in flight to one downstream than the threshold"),
    PINNED(
            "pinned",
            COUNTER,
            NONE,
            SUM,
            Labels.SITE,
            "Pinnings: a virtual thread held its carrier thread while it waited"),
    POOL_ACTIVE("pool.active", GAUGE, NONE, SUM, Labels.POOL, "Workers that run a task"),
    POOL_SIZE("pool.size", GAUGE, NONE, SUM, Labels.POOL, "Workers"),
    POOL_MAX("pool.max", GAUGE, NONE, SUM, Labels.POOL, "Maximum number of workers"),
    POOL_QUEUED("pool.queued", GAUGE, NONE, SUM, Labels.POOL, "Tasks that wait for a worker"),
    POOL_CAPACITY("pool.capacity", GAUGE, NONE, SUM, Labels.POOL, "Maximum number of tasks in the queue"),
    POOL_SATURATION(
            "pool.saturation",
            GAUGE,
            RATIO,
            MAX,
            Labels.POOL,
            "Workers that run a task, divided by the maximum number of workers"),
    POOL_QUEUE_WAIT(
            "pool.queue.wait",
            HISTOGRAM,
            SECONDS,
            SUM,
            Labels.POOL,
            "Time that tasks waited for a worker, or borrowers for a connection"),
    POOL_QUEUE_WAIT_MAX(
            "pool.queue.wait.max",
            GAUGE,
            SECONDS,
            MAX,
            Labels.POOL,
            "Longest time that a task waited for a worker in the last interval"),
    POOL_OLDEST_TASK(
            "pool.oldest.task",
            GAUGE,
            SECONDS,
            MAX,
            Labels.POOL,
            "Lower bound of the age of the oldest waiting task; 0 if no task is known to wait"),
    POOL_COMPLETED("pool.completed", COUNTER, NONE, SUM, Labels.POOL, "Tasks that workers completed"),
    POOL_REJECTED("pool.rejected", COUNTER, NONE, SUM, Labels.POOL, "Tasks that the pool refused"),
    POOL_EXHAUSTIONS(
            "pool.exhaustions",
            COUNTER,
            NONE,
            SUM,
            Labels.POOL,
            "Exhaustions: all workers were busy while tasks waited, for longer than the threshold"),
    DOWNSTREAM_IN_FLIGHT(
            "downstream.in.flight",
            GAUGE,
            NONE,
            SUM,
            Labels.DOWNSTREAM,
            "Outbound connections that are open or being opened"),
    DOWNSTREAM_CONNECTS("downstream.connects", COUNTER, NONE, SUM, Labels.DOWNSTREAM, "Outbound connects that began"),
    DOWNSTREAM_FAILED("downstream.failed", COUNTER, NONE, SUM, Labels.DOWNSTREAM, "Outbound connects that failed"),
    DOWNSTREAM_REQUESTS_IN_FLIGHT(
            "downstream.requests.in.flight",
            GAUGE,
            NONE,
            SUM,
            Labels.DOWNSTREAM,
            "Outbound requests that are not answered yet"),
    DOWNSTREAM_REQUESTS("downstream.requests", COUNTER, NONE, SUM, Labels.DOWNSTREAM, "Outbound requests that began"),
    DOWNSTREAM_REQUESTS_FAILED(
            "downstream.requests.failed",
            COUNTER,
            NONE,
            SUM,
            Labels.DOWNSTREAM,
            "Outbound requests that ended with an exception, or were cancelled"),
    HOOK_ACTIVE(
            "hook.active",
            GAUGE,
            NONE,
            SUM,
            Labels.LIBRARY,
            "1 if all hooks of the loaded classes of the library are woven; 0 if Stallsight misses calls of it"),
    HOOKS("hooks", GAUGE, NONE, SUM, Labels.STATE, "Hooks by state"),
    AGENT_ERRORS(
            "agent.errors",
            COUNTER,
            NONE,
            SUM,
            Labels.NONE,
            "Internal errors of the agent that were kept away from the application"),
    AGENT_FORGOTTEN(
            "agent.forgotten.findings",
            COUNTER,
            NONE,
            SUM,
            Labels.NONE,
            "Findings that had to make room for others, because the agent keeps a limited number"),
    AGENT_CPU("agent.cpu", COUNTER, SECONDS, SUM, Labels.NONE, "CPU time of the threads of the agent"),
    AGENT_INFO("agent.info", INFO, NONE, MAX, Labels.AGENT, "Version and mode of the agent; the value is always 1");

    /** How readers may aggregate the values. */
    public enum Type {
        GAUGE,

        /** Never decreases while the agent is attached. */
        COUNTER,

        /** Counts of durations by bucket, none of which ever decreases while the agent is attached. */
        HISTOGRAM,

        /** The value is always 1; the information is in the labels. */
        INFO
    }

    /** Unit of the value. */
    public enum Unit {
        NONE,
        SECONDS,
        RATIO
    }

    /** How two samples with equal labels become one, for example of two loops with the same name. */
    enum Merge {
        SUM,
        MAX
    }

    /** Prefix of all names. */
    public static final String PREFIX = "stallsight.";

    private final String suffix;
    private final Type type;
    private final Unit unit;
    private final Merge merge;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // immutable: created by List.of
    private final List<String> labels;

    Metric(String suffix, Type type, Unit unit, Merge merge, List<String> labels, String help) {
        this.suffix = suffix;
        this.type = type;
        this.unit = unit;
        this.merge = merge;
        this.help = help;
        this.labels = labels;
    }

    /** Name without the unit: {@code stallsight.loop.lag}. */
    public String dottedName() {
        return PREFIX + suffix;
    }

    public Type type() {
        return type;
    }

    public Unit unit() {
        return unit;
    }

    /** One sentence, without a full stop. */
    public String help() {
        return help;
    }

    /** Names of the labels: {@code loop.group}. */
    public List<String> labels() {
        return labels;
    }

    double merge(double a, double b) {
        return merge == Merge.SUM ? a + b : Math.max(a, b);
    }
}
