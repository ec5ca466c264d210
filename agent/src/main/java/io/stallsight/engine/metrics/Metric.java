package io.stallsight.engine.metrics;

import java.util.List;

/**
 * Every metric, in the order in which they are told. Names and labels have dots between their words; each way out makes
 * of them what is usual there: {@code loop.lag} in seconds is {@code stallsight_loop_lag_seconds} for Prometheus.
 */
public enum Metric {
    LOOP_LAG(
            "loop.lag",
            Type.GAUGE,
            Unit.SECONDS,
            Merge.MAX,
            "How long a ready task waited for its loop in the last interval",
            "loop",
            "loop.group",
            "quantile"),
    LOOP_UTILIZATION(
            "loop.utilization",
            Type.GAUGE,
            Unit.RATIO,
            Merge.MAX,
            "Busy time of the loop in the last interval, divided by the interval",
            "loop",
            "loop.group"),
    LOOP_PENDING_TASKS(
            "loop.pending.tasks",
            Type.GAUGE,
            Unit.NONE,
            Merge.SUM,
            "Tasks in the queue of the loop",
            "loop",
            "loop.group"),
    LOOP_RUNNING(
            "loop.running",
            Type.GAUGE,
            Unit.SECONDS,
            Merge.MAX,
            "Age of what the loop runs right now; 0 while it waits for work",
            "loop",
            "loop.group"),
    BLOCKING_CALLS(
            "blocking.calls",
            Type.COUNTER,
            Unit.NONE,
            Merge.SUM,
            "Blocking calls on threads that must not block",
            "kind",
            "api",
            "site",
            "fingerprint",
            "loop.group"),
    BLOCKING_TIME(
            "blocking",
            Type.COUNTER,
            Unit.SECONDS,
            Merge.SUM,
            "Time in blocking calls on threads that must not block",
            "kind",
            "api",
            "site",
            "fingerprint",
            "loop.group"),
    STALLS(
            "stalls",
            Type.COUNTER,
            Unit.NONE,
            Merge.SUM,
            "Times that a loop was late for longer than the threshold",
            "cause",
            "api",
            "site",
            "fingerprint",
            "loop.group"),
    STALL_TIME(
            "stall",
            Type.COUNTER,
            Unit.SECONDS,
            Merge.SUM,
            "Time for which loops were late",
            "cause",
            "api",
            "site",
            "fingerprint",
            "loop.group"),
    STALL_HARM(
            "stall.harm",
            Type.COUNTER,
            Unit.SECONDS,
            Merge.SUM,
            "What others lost: the length of each stall, once for each task and connection that waited",
            "cause",
            "api",
            "site",
            "fingerprint",
            "loop.group"),
    SELF_DEADLOCKS(
            "self.deadlocks",
            Type.COUNTER,
            Unit.NONE,
            Merge.SUM,
            "Times that a loop waited for itself",
            "site",
            "loop.group"),
    FAN_OUTS(
            "fan.outs",
            Type.COUNTER,
            Unit.NONE,
            Merge.SUM,
            "Times that a site opened more connections to one downstream at once than the threshold",
            "site"),
    PINNED(
            "pinned",
            Type.COUNTER,
            Unit.NONE,
            Merge.SUM,
            "Times that a virtual thread kept its carrier while it waited",
            "site"),
    POOL_ACTIVE("pool.active", Type.GAUGE, Unit.NONE, Merge.SUM, "Workers that run a task", "pool", "type"),
    POOL_SIZE("pool.size", Type.GAUGE, Unit.NONE, Merge.SUM, "Workers", "pool", "type"),
    POOL_MAX("pool.max", Type.GAUGE, Unit.NONE, Merge.SUM, "Workers at the most", "pool", "type"),
    POOL_QUEUED("pool.queued", Type.GAUGE, Unit.NONE, Merge.SUM, "Tasks that wait for a worker", "pool", "type"),
    POOL_CAPACITY("pool.capacity", Type.GAUGE, Unit.NONE, Merge.SUM, "Tasks that the queue takes", "pool", "type"),
    POOL_SATURATION(
            "pool.saturation",
            Type.GAUGE,
            Unit.RATIO,
            Merge.MAX,
            "Workers that run a task, divided by the most there may be",
            "pool",
            "type"),
    POOL_QUEUE_WAIT(
            "pool.queue.wait",
            Type.GAUGE,
            Unit.SECONDS,
            Merge.MAX,
            "How long tasks waited for a worker in the last interval",
            "pool",
            "type",
            "quantile"),
    POOL_OLDEST_TASK(
            "pool.oldest.task",
            Type.GAUGE,
            Unit.SECONDS,
            Merge.MAX,
            "A lower bound of the age of the oldest task that waits; 0 if none is known to",
            "pool",
            "type"),
    POOL_COMPLETED(
            "pool.completed", Type.COUNTER, Unit.NONE, Merge.SUM, "Tasks that workers completed", "pool", "type"),
    POOL_REJECTED("pool.rejected", Type.COUNTER, Unit.NONE, Merge.SUM, "Tasks that the pool refused", "pool", "type"),
    POOL_EXHAUSTIONS(
            "pool.exhaustions",
            Type.COUNTER,
            Unit.NONE,
            Merge.SUM,
            "Times that all workers were busy, with tasks waiting, for longer than the threshold",
            "pool",
            "type"),
    DOWNSTREAM_IN_FLIGHT(
            "downstream.in.flight",
            Type.GAUGE,
            Unit.NONE,
            Merge.SUM,
            "Outbound connections between the begin of their connect and their end",
            "downstream"),
    DOWNSTREAM_CONNECTS(
            "downstream.connects", Type.COUNTER, Unit.NONE, Merge.SUM, "Outbound connects begun", "downstream"),
    DOWNSTREAM_FAILED(
            "downstream.failed", Type.COUNTER, Unit.NONE, Merge.SUM, "Outbound connects that failed", "downstream"),
    HOOK_ACTIVE(
            "hook.active",
            Type.GAUGE,
            Unit.NONE,
            Merge.SUM,
            "1 if every hook took in the classes of the library that are loaded, 0 if calls are not seen",
            "library"),
    HOOKS("hooks", Type.GAUGE, Unit.NONE, Merge.SUM, "Hooks by what became of them", "state"),
    AGENT_ERRORS("agent.errors", Type.COUNTER, Unit.NONE, Merge.SUM, "Errors of the agent, kept from the application"),
    AGENT_CPU("agent.cpu", Type.COUNTER, Unit.SECONDS, Merge.SUM, "CPU time of the threads of the agent"),
    AGENT_INFO(
            "agent.info",
            Type.INFO,
            Unit.NONE,
            Merge.MAX,
            "Always 1; what the agent is and does",
            "agent.version",
            "mode");

    /** What may be done with the number. */
    public enum Type {
        GAUGE,
        /** Only grows while the agent is attached. */
        COUNTER,
        /** Always 1; the labels are what is told. */
        INFO
    }

    /** Of the number. */
    public enum Unit {
        NONE,
        SECONDS,
        RATIO
    }

    /** What becomes of two numbers with the same labels, as of two loops of one name. */
    enum Merge {
        SUM,
        MAX
    }

    /** What all names begin with. */
    public static final String PREFIX = "stallsight.";

    private final String suffix;
    private final Type type;
    private final Unit unit;
    private final Merge merge;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> labels;

    Metric(String suffix, Type type, Unit unit, Merge merge, String help, String... labels) {
        this.suffix = suffix;
        this.type = type;
        this.unit = unit;
        this.merge = merge;
        this.help = help;
        this.labels = List.of(labels);
    }

    /** {@code stallsight.loop.lag}, without the unit. */
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
