package io.stallsight.engine.stall;

import io.stallsight.api.Kind;
import io.stallsight.engine.detect.Glimpses;
import io.stallsight.engine.detect.SlowTick;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Cause;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.fact.Victims;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.engine.thread.LoopGroup;
import io.stallsight.engine.thread.ThreadFacts;
import io.stallsight.engine.thread.ThreadTimes;
import io.stallsight.hook.StallsightThread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Stall} of an episode: divides its time among the causes and finds the frame to blame.
 *
 * <p><b>Problem.</b> Several causes overlap in one stall. A garbage collection in the middle of a computation must not
 * blame the interrupted frame, and a sample shows only what the thread did at one moment.
 *
 * <p><b>Algorithm.</b> Each cause takes its amount from the time that the causes before it have left
 * ({@link TimeSplit}). First come the causes that no code is to blame for: pauses of the JVM, then time ready without a
 * CPU or in a stopped process. Blocking calls and locks follow with their measured durations, then the thread's CPU
 * time. The samples' thread state divides the rest, and the remainder is unknown. The largest part is the cause.
 *
 * <p><b>Invariant.</b> A measured amount always goes before a sampled one. Samples alone decide only the frame, whether
 * it was native, and whether there was one task or many.
 *
 * <p><b>Given up.</b> A stall has one cause and one frame, even if two causes have almost equal parts; the event has
 * all parts.
 */
final class StallAnalysis {

    private static final String NOBODYS =
            "most samples are in what the JVM does once, such as class loading and the first calls of libraries, or in what the rules allow: no line is to blame";

    private final Glimpses glimpses;
    private final Stacks stacks;
    private final StallCulprits culprits;

    StallAnalysis(Glimpses glimpses, Stacks stacks) {
        this.glimpses = glimpses;
        this.stacks = stacks;
        this.culprits = new StallCulprits(stacks);
    }

    Stall analyse(
            Episode episode,
            long end,
            @Nullable SlowTick tick,
            @Nullable ThreadTimes times,
            Pauses.Sum paused,
            long throttled,
            boolean ongoing) {
        ThreadTimes used = used(episode, end, times);
        StallsightThread state = episode.state();
        Kind inProgress = tick == null && state != null ? glimpses.kindInProgress(state) : null;
        long running = inProgress == null || state == null
                ? 0
                : Math.max(0, end - state.call().startedAt());
        boolean locking = inProgress == Kind.LOCK || inProgress == Kind.MONITOR;
        long blocked = (tick == null ? episode.blocked() : tick.blocked()) + (locking ? 0 : running);
        long locked = (tick == null ? episode.locked() : tick.locked()) + (locking ? running : 0);

        TimeSplit split = new TimeSplit(end - episode.start());
        // on a CPU or ready for one, the thread did not stand in a pause. The JVM counts a safepoint from its request
        // on:
        // it waits for a thread that has no CPU, and is counted while that thread has one again
        long standing = used == null
                ? split.rest()
                : Math.max(0, split.rest() - used.cpu() - (episode.isReadSinceStart() ? used.delay() : 0));
        split.give(Cause.GC_PAUSE, paused.gc(), standing);
        split.give(Cause.SAFEPOINT, paused.safepoint(), standing - split.part(Cause.GC_PAUSE));
        // the thread had a CPU for that long: it cannot have been without one
        long most = used == null ? split.rest() : Math.max(0, split.rest() - used.cpu());
        split.give(Cause.NOT_SCHEDULED, paused.gap() + (used == null ? 0 : used.delay()), most);
        split.give(Cause.BLOCKING_CALL, blocked);
        split.give(Cause.LOCK, locked);
        if (used != null) {
            split.give(Cause.CPU, used.cpu());
        } else if (blocked + locked == 0) {
            split.giveShare(Cause.CPU, episode.samples().all(), Thread.State.RUNNABLE);
        }
        split.giveShare(Cause.LOCK, episode.samples().all(), Thread.State.BLOCKED);
        split.giveShare(Cause.BLOCKING_CALL, episode.samples().all(), Thread.State.WAITING, Thread.State.TIMED_WAITING);
        // a throttled thread is not always on the run queue: what nothing else explains is the limit's, as far as it
        // bit
        split.give(Cause.NOT_SCHEDULED, throttled);
        split.give(Cause.UNKNOWN, split.rest());
        split.moveNative(
                culprits.thatMayBlameForWork(episode.samples().all()),
                episode.samples().all().size());
        SampledTasks sampled = episode.tasks().isKnown()
                ? null
                : new SampledTasks(episode.samples().all(), stacks::isApplication);
        if (sampled == null) {
            split.moveSmallTasks(episode.tasks().begun(), episode.tasks().inLongTasks());
        } else if (sampled.areMany()) {
            split.moveSmallTasks();
        }

        BlockingCall call = tick != null
                ? tick.longest()
                : state != null && 2 * running > blocked + locked
                        ? glimpses.callInProgress(state, episode.served())
                        : null;
        Request request = tick != null
                ? tick.request()
                : state == null
                        ? Request.UNKNOWN
                        : episode.served().request(state, episode.start() + (end - episode.start()) / 2);
        Request traced = tick == null ? Request.UNKNOWN : tick.traced();
        return stall(
                episode, end, call, request, traced, throttled, ongoing, sampled, split, used == null ? 0 : used.cpu());
    }

    /**
     * Times of the thread within the stall. The watch first reads them some milliseconds after the start, and scales
     * them as if the time before had been like the rest. If the watch came late, it has read them before the start, and
     * the loop counts as waiting for work until then.
     */
    private static @Nullable ThreadTimes used(Episode episode, long end, @Nullable ThreadTimes now) {
        TimesAt first = episode.timesBefore();
        long seen = first == null ? 0 : end - first.at();
        if (first == null || now == null || seen <= 0) {
            return null;
        }
        double scale = Math.min(2, (double) (end - episode.start()) / seen);
        long cpu = Math.max(0, now.cpu() - first.times().cpu());
        long delay = Math.max(0, now.delay() - first.times().delay());
        return new ThreadTimes((long) (cpu * scale), (long) (delay * scale), now.runs());
    }

    private Stall stall(
            Episode episode,
            long end,
            @Nullable BlockingCall longest,
            Request request,
            Request traced,
            long throttled,
            boolean ongoing,
            @Nullable SampledTasks sampled,
            TimeSplit split,
            long cpu) {
        Cause largest = split.largest();
        BlockingCall call = largest == Cause.BLOCKING_CALL || largest == Cause.LOCK ? longest : null;
        StallCulprits.Culprit culprit = call != null
                ? new StallCulprits.Culprit(
                        call.site(), StallCulprits.atMethod(episode.samples().all(), call.site()), call.stack(), false)
                : isOfStartUp(episode, largest)
                        ? StallCulprits.nobody(episode.samples().all())
                        : culprits.culprit(episode.samples().all(), largest, split.part(largest));
        boolean nobodys = culprit.nobodys() && largest.hasSite();
        if (nobodys && largest != Cause.BLOCKING_CALL) { // a call was measured, also if a rule allows it
            split.moveToUnknown(largest);
        }
        Cause cause = split.largest();
        String api = call != null ? call.api() : culprits.api(cause, culprit);
        StackTraceElement site = cause.hasSite() ? culprit.site() : null;
        LockOwner holder = cause == Cause.LOCK ? episode.samples().lockOwner() : null;
        String owner = holder == null ? null : holder.name();
        List<StackTraceElement> ownerStack = holder == null ? List.of() : holder.stack();
        int ownerSite = ownerStack.isEmpty() ? -1 : stacks.site(ownerStack);
        StackTraceElement ownerFrame =
                ownerSite >= 0 && ownerSite < ownerStack.size() ? ownerStack.get(ownerSite) : null;
        List<String> topTasks = cause == Cause.MANY_SMALL_TASKS ? topTasks(episode) : List.of();
        String name = episode.name();
        long nanos = end - episode.start();
        return new Stall(
                episode.id(),
                ThreadFacts.id(episode.thread()),
                name,
                LoopGroup.of(name),
                episode.start(),
                nanos,
                ongoing,
                cause,
                split.parts(),
                site,
                api,
                episode.samples().all().size(),
                site == null ? 0 : culprit.count(),
                episode.samples().areReduced(),
                cause.hasSite() ? culprit.stack() : List.of(),
                owner,
                ownerFrame,
                ownerStack,
                cpu,
                Math.min(throttled, nanos),
                sampled == null ? episode.tasks().begun() : -1,
                topTasks,
                StallCulprits.profile(episode.samples().all()),
                episode.waiting(!ongoing),
                nobodys ? NOBODYS : detail(cause, sampled),
                request(request, call, cause, episode.samples(), traced, nanos),
                Victims.NONE,
                episode.samples().context());
    }

    /**
     * The request with its trace.
     *
     * @param traced was current for most of the stall: what also lasted for most of it was at the same time
     */
    private Request request(
            Request request,
            @Nullable BlockingCall call,
            Cause cause,
            LoopSamples samples,
            Request traced,
            long nanos) {
        Request found = request(request, call, cause, samples);
        boolean isOfShortCall = call != null && found.equals(call.request()) && 2 * call.nanos() < nanos;
        boolean isWork = cause.hasSite() || !found.name().isEmpty();
        return found.traceId().isEmpty() && isWork && !isOfShortCall
                ? found.withTrace(traced.traceId(), traced.spanId())
                : found;
    }

    /** What is no work of the thread is of no request. */
    private Request request(Request request, @Nullable BlockingCall call, Cause cause, LoopSamples samples) {
        if (request.isUnknown() && call != null) {
            return call.request();
        }
        if (call != null && request.traceId().isEmpty() && call.request().name().equals(request.name())) {
            return call.request(); // its span is over when the server's call ends
        }
        return cause.hasSite() ? glimpses.orHandedOn(request, samples.context()) : request;
    }

    private boolean isOfStartUp(Episode episode, Cause cause) {
        LoopSamples samples = episode.samples();
        List<List<StackTraceElement>> stacks = StallCulprits.relevant(samples.all(), cause).stream()
                .map(LoopSamples.Sample::stack)
                .toList();
        return switch (cause) {
            case CPU, NATIVE -> glimpses.isWorkOfStartUp(episode.start(), samples.context(), stacks);
            case LOCK -> glimpses.isWaitOfStartUp(episode.start(), samples.context(), true, stacks);
            case BLOCKING_CALL -> glimpses.isWaitOfStartUp(episode.start(), samples.context(), false, stacks);
            default -> false;
        };
    }

    private List<String> topTasks(Episode episode) {
        List<LoopSamples.Sample> samples = episode.samples().all();
        return episode.tasks().areOfFramework()
                ? culprits.topTasks(samples)
                : StallCulprits.mostFrequent(new SampledTasks(samples, stacks::isApplication).seen());
    }

    private static String detail(Cause cause, @Nullable SampledTasks sampled) {
        if (sampled == null) {
            return "";
        }
        return switch (cause) {
            case CPU -> "no hook sees the tasks of this loop: it may have been one long task or many short ones";
            case MANY_SMALL_TASKS ->
                "samples show at least " + sampled.begun() + " tasks; no hook counts those of this loop";
            default -> "";
        };
    }
}
