package io.stallsight.engine.event;

import io.stallsight.engine.fact.Cause;
import io.stallsight.engine.fact.Stall;
import java.util.EnumMap;
import java.util.Map;
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

/** A loop was late, and why. Its start and duration are those of the stall. */
@Name("stallsight.LoopStall")
@Label("Loop Stall")
@Category("Stallsight")
@Description("An event loop was late for longer than the threshold")
@StackTrace(false)
@Registered(false)
final class LoopStallEvent extends FactEvent<Stall> {

    private static final String COMMA = ", ";

    @Label("Stall")
    @Description("Equal for all events of one stall: one a second while it goes on, and one at its end")
    long stallId;

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

    @Label("Ongoing")
    @Description("The stall had not ended yet")
    boolean ongoing;

    @Label("Cause")
    @Description("What took most of the time: BLOCKING_CALL, CPU, LOCK, GC_PAUSE, SAFEPOINT, NOT_SCHEDULED, NATIVE, "
            + "MANY_SMALL_TASKS or UNKNOWN")
    @Nullable
    String cause;

    @Label("Site")
    @Description("The application frame to blame; empty where none is")
    @Nullable
    String site;

    @Label("API")
    @Description("The blocking call or native method, if one is the cause")
    @Nullable
    String api;

    @Label("CPU Time")
    @Description("Of the thread in the stall")
    @Timespan(Timespan.NANOSECONDS)
    long cpuTime;

    @Label("Compute Time")
    @Description("Of the stall, what the loop computed in one task")
    @Timespan(Timespan.NANOSECONDS)
    long computeTime;

    @Label("Many Small Tasks Time")
    @Description("Of the stall, what the loop computed in many small tasks")
    @Timespan(Timespan.NANOSECONDS)
    long manySmallTasksTime;

    @Label("Blocked Time")
    @Description("In blocking calls")
    @Timespan(Timespan.NANOSECONDS)
    long blockedTime;

    @Label("Contended Time")
    @Description("Waiting for locks")
    @Timespan(Timespan.NANOSECONDS)
    long contendedTime;

    @Label("GC Time")
    @Description("In pauses of the garbage collector")
    @Timespan(Timespan.NANOSECONDS)
    long gcTime;

    @Label("Safepoint Time")
    @Description("In other safepoints")
    @Timespan(Timespan.NANOSECONDS)
    long safepointTime;

    @Label("Not Scheduled Time")
    @Description("Ready to run without a CPU, or the process was stopped")
    @Timespan(Timespan.NANOSECONDS)
    long notScheduledTime;

    @Label("Throttled Time")
    @Description("In which the container's CPU limit kept the process from running, on any of its threads")
    @Timespan(Timespan.NANOSECONDS)
    long throttledTime;

    @Label("Native Time")
    @Timespan(Timespan.NANOSECONDS)
    long nativeTime;

    @Label("Unexplained Time")
    @Timespan(Timespan.NANOSECONDS)
    long unknownTime;

    @Label("Samples")
    @Description("Stacks that were taken of the thread")
    int samples;

    @Label("Samples At Site")
    int samplesAtSite;

    @Label("Reduced")
    @Description("Fewer stacks were taken than usual, as they would have kept the application from running")
    boolean reduced;

    @Label("Stack")
    @Description("What the loop was seen doing most, innermost frame first")
    @Nullable
    String stack;

    @Label("Profile")
    @Description("The stacks that were seen, most frequent first: the number of samples, then the frames, innermost "
            + "first; a blank line between two")
    @Nullable
    String profile;

    @Label("Lock Owner")
    @Description("The thread that held the lock")
    @Nullable
    String lockOwner;

    @Label("Lock Owner Site")
    @Description("The application frame in which it was")
    @Nullable
    String lockOwnerSite;

    @Label("Lock Owner Stack")
    @Nullable
    String lockOwnerStack;

    @Label("Tasks")
    @Description("Tasks and I/O events that the loop began in the stall")
    long tasks;

    @Label("Top Tasks")
    @Description("For many small tasks: where they were seen most")
    @Nullable
    String topTasks;

    @Label("Waiting")
    @Description("Tasks and connections that waited for the loop; -1 if not known")
    long waiting;

    @Label("Harm")
    @Description("Seconds that others lost: what the victims lost, if that is measured of all of them; else at most, "
            + "duration x waiting")
    double harm;

    @Label("Detail")
    @Description("What else is known: the operation inside of the blocking call, for example")
    @Nullable
    String detail;

    @Label("Request")
    @Description(
            "That the loop served for most of the tick, with its route or the shape of its path; empty if not known")
    @Nullable
    String request;

    @Label("Handed On")
    @Description("The thread did not serve this request, which has handed on the work; a worker of a queue that several"
            + " requests fill may have worked for another one")
    boolean handedOn;

    @Label("Trace Id")
    @Description("Of the trace that was current, as the application's tracer knows it; empty if not known")
    @Nullable
    String traceId;

    @Label("Span Id")
    @Description("Of the span that was current; empty if not known")
    @Nullable
    String spanId;

    @Label("Victims")
    @Description("Requests that stood still behind it: a line for each name, with their number before it; most first")
    @Nullable
    String victims;

    @Label("Lost")
    @Description("By these requests together, until the loop began to serve them; -1 if it is not known")
    @Timespan(Timespan.NANOSECONDS)
    long lost;

    @Label("Lost By Victims")
    @Description("For each line of the victims: how many of them have a known lost time, and their nanoseconds")
    @Nullable
    String lostByVictims;

    @Label("Evidence")
    @Description("All of that in a line")
    @Nullable
    String evidence;

    @Override
    void fill(Stall of, LongFunction<@Nullable Thread> threads) {
        stallId = of.id();
        loop = threads.apply(of.threadId());
        name = of.threadName();
        loopGroup = of.loopGroup();
        ongoing = of.ongoing();
        cause = of.cause().name();
        site = of.siteText();
        api = of.api();
        cpuTime = of.cpu();
        computeTime = of.part(Cause.CPU);
        manySmallTasksTime = of.part(Cause.MANY_SMALL_TASKS);
        blockedTime = of.part(Cause.BLOCKING_CALL);
        contendedTime = of.part(Cause.LOCK);
        gcTime = of.part(Cause.GC_PAUSE);
        safepointTime = of.part(Cause.SAFEPOINT);
        notScheduledTime = of.part(Cause.NOT_SCHEDULED);
        throttledTime = of.throttled();
        nativeTime = of.part(Cause.NATIVE);
        unknownTime = of.part(Cause.UNKNOWN);
        samples = of.samples();
        samplesAtSite = of.samplesAtSite();
        reduced = of.reduced();
        stack = StackText.of(of.stack());
        profile = StackText.ofProfile(of.profile());
        lockOwner = of.owner();
        lockOwnerSite = StackText.ofFrame(of.ownerSite());
        lockOwnerStack = StackText.of(of.ownerStack());
        tasks = of.tasks();
        topTasks = String.join(COMMA, of.topTasks());
        waiting = of.waiting();
        harm = of.harmSeconds();
        detail = of.detail();
        request = of.request().name();
        handedOn = of.request().handedOn();
        traceId = of.request().traceId();
        spanId = of.request().spanId();
        victims = VictimsText.counts(of.victims());
        lost = of.victims().lostNanos();
        lostByVictims = VictimsText.lost(of.victims());
        evidence = of.evidence();
    }

    static Stall read(RecordedEvent event) {
        return new Stall(
                RecordedFields.number(event, "stallId"),
                RecordedFields.threadId(event, "loop"),
                RecordedFields.text(event, "name"),
                RecordedFields.text(event, "loopGroup"),
                RecordedFields.startNanos(event),
                event.getDuration().toNanos(),
                RecordedFields.flag(event, "ongoing"),
                Cause.named(RecordedFields.text(event, "cause")),
                split(event),
                StackText.frame(event, "site"),
                RecordedFields.textOrNull(event, "api"),
                (int) RecordedFields.number(event, "samples"),
                (int) RecordedFields.number(event, "samplesAtSite"),
                RecordedFields.flag(event, "reduced"),
                StackText.frames(event, "stack"),
                RecordedFields.textOrNull(event, "lockOwner"),
                StackText.frame(event, "lockOwnerSite"),
                StackText.frames(event, "lockOwnerStack"),
                RecordedFields.nanos(event, "cpuTime"),
                RecordedFields.nanos(event, "throttledTime"),
                RecordedFields.number(event, "tasks"),
                RecordedFields.list(event, "topTasks", COMMA),
                StackText.profile(event, "profile"),
                RecordedFields.number(event, "waiting"),
                RecordedFields.text(event, "detail"),
                RecordedFields.request(event),
                VictimsText.read(event, "victims", "lostByVictims"),
                0);
    }

    private static Map<Cause, Long> split(RecordedEvent event) {
        Map<Cause, Long> split = new EnumMap<>(Cause.class);
        part(split, Cause.CPU, event, "computeTime");
        part(split, Cause.MANY_SMALL_TASKS, event, "manySmallTasksTime");
        part(split, Cause.BLOCKING_CALL, event, "blockedTime");
        part(split, Cause.LOCK, event, "contendedTime");
        part(split, Cause.GC_PAUSE, event, "gcTime");
        part(split, Cause.SAFEPOINT, event, "safepointTime");
        part(split, Cause.NOT_SCHEDULED, event, "notScheduledTime");
        part(split, Cause.NATIVE, event, "nativeTime");
        part(split, Cause.UNKNOWN, event, "unknownTime");
        return split;
    }

    private static void part(Map<Cause, Long> split, Cause cause, RecordedEvent event, String field) {
        long nanos = RecordedFields.nanos(event, field);
        if (nanos > 0) {
            split.put(cause, nanos);
        }
    }
}
