package io.stallsight.engine.monitor;

import io.stallsight.api.Kind;
import io.stallsight.engine.detect.BlockingCall;
import io.stallsight.engine.detect.Frames;
import io.stallsight.engine.detect.Glimpses;
import io.stallsight.engine.detect.LoopGroup;
import io.stallsight.engine.detect.SlowTick;
import io.stallsight.engine.detect.Stacks;
import io.stallsight.engine.detect.ThreadTimes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Divides the time of a stall among its causes.
 *
 * <p>What is nobody's fault comes first: pauses of the JVM, then the time in which the thread stood ready without a CPU
 * or the whole process was stopped. Of the rest, blocking calls and locks have measured durations; the thread's CPU
 * time comes next; what is left is told by the samples' thread state, or unknown. Samples decide only where nothing was
 * measured: which frame, native or not, one task or many.
 */
final class StallAnalysis {

    /** A method is to blame if so many of the samples share it. */
    private static final double SHARED = 0.6;

    /** Many small tasks are at least so many. */
    private static final int MANY = 10;

    private static final long SMALL_TASK = 30_000_000L;
    private static final int TOP_TASKS = 3;

    /** Different stacks that are told of a stall. */
    private static final int MOST_STACKS = 12;

    private final Glimpses glimpses;
    private final Stacks stacks;

    StallAnalysis(Glimpses glimpses, Stacks stacks) {
        this.glimpses = glimpses;
        this.stacks = stacks;
    }

    Stall analyse(
            Episode episode,
            long end,
            @Nullable SlowTick tick,
            @Nullable ThreadTimes times,
            Pauses.Sum paused,
            long throttled,
            boolean ongoing) {
        long nanos = end - episode.start;
        long tasks = episode.loop.tasks - episode.tasksAtFirst;
        Map<Cause, Long> split = new EnumMap<>(Cause.class);
        long rest = nanos;
        rest -= put(split, Cause.GC_PAUSE, paused.gc(), rest);
        rest -= put(split, Cause.SAFEPOINT, paused.safepoint(), rest);
        ThreadTimes used = used(episode, end, times);
        // the thread had a CPU for that long: it cannot have been without one
        long most = used == null ? rest : Math.max(0, rest - used.cpu());
        rest -= put(split, Cause.NOT_SCHEDULED, paused.gap() + (used == null ? 0 : used.delay()), most);
        Kind inProgress = tick == null && episode.state != null ? glimpses.kindInProgress(episode.state) : null;
        long running = inProgress == null || episode.state == null ? 0 : Math.max(0, end - episode.state.call.start);
        boolean locking = inProgress == Kind.LOCK || inProgress == Kind.MONITOR;
        long blocked = (tick == null ? episode.blocked() : tick.blocked()) + (locking ? 0 : running);
        long locked = (tick == null ? episode.locked() : tick.locked()) + (locking ? running : 0);
        rest -= put(split, Cause.BLOCKING_CALL, blocked, rest);
        rest -= put(split, Cause.LOCK, locked, rest);
        long cpu =
                used == null ? (blocked + locked == 0 ? share(episode, Thread.State.RUNNABLE, rest) : 0) : used.cpu();
        rest -= put(split, Cause.CPU, cpu, rest);
        rest -= put(split, Cause.LOCK, share(episode, Thread.State.BLOCKED, rest), rest);
        rest -= put(
                split,
                Cause.BLOCKING_CALL,
                share(episode, Thread.State.WAITING, rest) + share(episode, Thread.State.TIMED_WAITING, rest),
                rest);
        // a throttled thread is not always on the run queue: what nothing else explains is the limit's, as far as it
        // bit
        rest -= put(split, Cause.NOT_SCHEDULED, throttled, rest);
        put(split, Cause.UNKNOWN, rest, rest);
        moveNative(episode, split);
        moveSmallTasks(episode, nanos, tasks, split);
        Cause cause = largest(split);
        BlockingCall call = tick != null
                ? tick.longest()
                : episode.state != null && 2 * running > blocked + locked
                        ? glimpses.callInProgress(episode.state)
                        : null;
        return stall(episode, end, call, throttled, ongoing, tasks, split, cause, used == null ? 0 : used.cpu());
    }

    private static long put(Map<Cause, Long> split, Cause cause, long nanos, long most) {
        long part = Math.max(0, Math.min(nanos, most));
        if (part > 0) {
            split.merge(cause, part, Long::sum);
        }
        return part;
    }

    /**
     * Times of the thread within the stall. The watch reads them for the first time some milliseconds after the start,
     * and the time before is taken to have been like the rest; or, if it came late, it has read them before, and the
     * loop is taken to have waited for work until then.
     */
    private static @Nullable ThreadTimes used(Episode episode, long end, @Nullable ThreadTimes now) {
        Episode.TimesAt first = episode.times;
        long seen = first == null ? 0 : end - first.at();
        if (first == null || now == null || seen <= 0) {
            return null;
        }
        double scale = Math.min(2, (double) (end - episode.start) / seen);
        long cpu = Math.max(0, now.cpu() - first.times().cpu());
        long delay = Math.max(0, now.delay() - first.times().delay());
        return new ThreadTimes((long) (cpu * scale), (long) (delay * scale));
    }

    private static long share(Episode episode, Thread.State state, long of) {
        if (episode.samples.isEmpty()) {
            return 0;
        }
        int count = 0;
        for (Episode.Sample sample : episode.samples) {
            if (sample.state() == state) {
                count++;
            }
        }
        return of * count / episode.samples.size();
    }

    /** Time on the CPU or unexplained, with a native method on top of the stacks: it is that method's. */
    private static void moveNative(Episode episode, Map<Cause, Long> split) {
        int inNative = 0;
        for (Episode.Sample sample : episode.samples) {
            if (sample.state() == Thread.State.RUNNABLE
                    && !sample.stack().isEmpty()
                    && sample.stack().get(0).isNativeMethod()) {
                inNative++;
            }
        }
        if (2 * inNative > episode.samples.size()) {
            Long cpu = split.remove(Cause.CPU);
            Long unknown = split.remove(Cause.UNKNOWN);
            put(split, Cause.NATIVE, (cpu == null ? 0 : cpu) + (unknown == null ? 0 : unknown), Long.MAX_VALUE);
        }
    }

    /** CPU time that went to one task after the other, none of which was long. */
    private static void moveSmallTasks(Episode episode, long nanos, long tasks, Map<Cause, Long> split) {
        boolean small = tasks >= MANY && episode.longestStill <= Math.max(SMALL_TASK, nanos / 4);
        Long cpu = split.get(Cause.CPU);
        if (small && cpu != null) {
            split.remove(Cause.CPU);
            split.put(Cause.MANY_SMALL_TASKS, cpu);
        }
    }

    private static Cause largest(Map<Cause, Long> split) {
        Cause largest = Cause.UNKNOWN;
        long most = 0;
        for (Map.Entry<Cause, Long> part : split.entrySet()) {
            if (part.getValue() > most) {
                most = part.getValue();
                largest = part.getKey();
            }
        }
        return largest;
    }

    private Stall stall(
            Episode episode,
            long end,
            @Nullable BlockingCall longest,
            long throttled,
            boolean ongoing,
            long tasks,
            Map<Cause, Long> split,
            Cause cause,
            long cpu) {
        BlockingCall call = cause == Cause.BLOCKING_CALL || cause == Cause.LOCK ? longest : null;
        Culprit culprit = call != null
                ? new Culprit(call.site(), atMethod(episode.samples, call.site()), call.stack())
                : culprit(episode.samples, cause);
        String api = call != null ? call.api() : api(cause, culprit);
        StackTraceElement site = cause.hasSite() ? culprit.site : null;
        String owner = cause == Cause.LOCK && episode.owner != null ? episode.owner.getThreadName() : null;
        List<StackTraceElement> ownerStack =
                owner == null || episode.owner == null ? List.of() : List.of(episode.owner.getStackTrace());
        int ownerSite = ownerStack.isEmpty() ? -1 : stacks.site(ownerStack);
        StackTraceElement ownerFrame =
                ownerSite >= 0 && ownerSite < ownerStack.size() ? ownerStack.get(ownerSite) : null;
        List<String> topTasks = cause == Cause.MANY_SMALL_TASKS ? topTasks(episode.samples) : List.of();
        String name = episode.thread.getName();
        long nanos = end - episode.start;
        return new Stall(
                episode.id,
                episode.thread,
                name,
                LoopGroup.of(name),
                episode.start,
                nanos,
                ongoing,
                cause,
                split,
                site,
                api,
                episode.samples.size(),
                site == null ? 0 : culprit.count,
                cause.hasSite() ? culprit.stack : List.of(),
                owner,
                ownerFrame,
                ownerStack,
                cpu,
                Math.min(throttled, nanos),
                tasks,
                topTasks,
                profile(episode.samples),
                episode.waiting,
                evidence(episode, split, cause, culprit, owner, ownerFrame, tasks, topTasks, throttled),
                episode.context());
    }

    private static @Nullable String api(Cause cause, Culprit culprit) {
        if (culprit.stack.isEmpty() || cause != Cause.NATIVE && cause != Cause.BLOCKING_CALL) {
            return null;
        }
        StackTraceElement top = culprit.stack.get(0);
        return top.getClassName() + "." + top.getMethodName();
    }

    private static String evidence(
            Episode episode,
            Map<Cause, Long> split,
            Cause cause,
            Culprit culprit,
            @Nullable String owner,
            @Nullable StackTraceElement ownerSite,
            long tasks,
            List<String> topTasks,
            long throttled) {
        StringBuilder text = new StringBuilder();
        split.entrySet().stream()
                .sorted((a, b) -> Long.compare(b.getValue(), a.getValue()))
                .filter(part -> part.getValue() >= 1_000_000)
                .forEach(part -> text.append(text.length() == 0 ? "" : ", ")
                        .append(part.getKey())
                        .append(' ')
                        .append(String.format(Locale.ROOT, "%.0f ms", part.getValue() / 1e6)));
        if (throttled > 0 && cause == Cause.NOT_SCHEDULED) {
            text.append(String.format(Locale.ROOT, "; the container was throttled for %.0f ms", throttled / 1e6));
        }
        if (!episode.samples.isEmpty() && cause.hasSite()) {
            if (culprit.site != null) {
                text.append("; ")
                        .append(culprit.count)
                        .append(" of ")
                        .append(episode.samples.size())
                        .append(" samples in ")
                        .append(Frames.describe(culprit.site));
            } else if (cause == Cause.CPU) {
                text.append("; no single culprit in ")
                        .append(episode.samples.size())
                        .append(" samples");
            }
        }
        if (cause == Cause.MANY_SMALL_TASKS) {
            text.append("; ").append(tasks).append(" tasks");
            if (!topTasks.isEmpty()) {
                text.append(", mostly ").append(String.join(", ", topTasks));
            }
        }
        if (owner != null) {
            text.append("; the lock was held by ").append(owner);
            if (ownerSite != null) {
                text.append(" in ").append(Frames.describe(ownerSite));
            }
        }
        return text.toString();
    }

    private static List<Stall.Seen> profile(List<Episode.Sample> samples) {
        Map<List<StackTraceElement>, Integer> counts = new LinkedHashMap<>();
        for (Episode.Sample sample : samples) {
            counts.merge(sample.stack(), 1, Integer::sum);
        }
        List<Stall.Seen> profile = new ArrayList<>();
        counts.forEach((stack, count) -> profile.add(new Stall.Seen(count, stack)));
        profile.sort((a, b) -> Integer.compare(b.count(), a.count()));
        return profile.size() <= MOST_STACKS ? profile : List.copyOf(profile.subList(0, MOST_STACKS));
    }

    /** The frame that the samples share. */
    private record Culprit(@Nullable StackTraceElement site, int count, List<StackTraceElement> stack) {}

    /** How often a method was seen, and how far from the top. */
    private static final class Seen {
        int count;
        long depth;
        final Map<StackTraceElement, Integer> lines = new HashMap<>();

        double meanDepth() {
            return (double) depth / count;
        }
    }

    /** Of the application's methods that most samples share, the innermost. */
    private Culprit culprit(List<Episode.Sample> all, Cause cause) {
        List<Episode.Sample> samples = relevant(all, cause);
        Map<String, Seen> methods = new HashMap<>();
        for (Episode.Sample sample : samples) {
            Set<String> counted = new HashSet<>();
            List<StackTraceElement> stack = sample.stack();
            for (int i = 0; i < stack.size(); i++) {
                StackTraceElement frame = stack.get(i);
                if (stacks.isApplication(frame) && counted.add(method(frame))) {
                    Seen seen = methods.computeIfAbsent(method(frame), first -> new Seen());
                    seen.count++;
                    seen.depth += i;
                    seen.lines.merge(frame, 1, Integer::sum);
                }
            }
        }
        Seen best = null;
        for (Seen seen : methods.values()) {
            if (seen.count >= SHARED * samples.size() && (best == null || seen.meanDepth() < best.meanDepth())) {
                best = seen;
            }
        }
        if (best == null && cause == Cause.MANY_SMALL_TASKS) {
            best = mostSeen(methods);
        }
        if (best == null) {
            return new Culprit(
                    null,
                    0,
                    samples.isEmpty()
                            ? List.of()
                            : samples.get(samples.size() / 2).stack());
        }
        StackTraceElement site = null;
        int most = 0;
        for (Map.Entry<StackTraceElement, Integer> line : best.lines.entrySet()) {
            if (line.getValue() > most) {
                most = line.getValue();
                site = line.getKey();
            }
        }
        return new Culprit(site, best.count, mostSeenWith(site, samples));
    }

    /** Of the stacks with {@code site}, the one that was seen most. */
    private static List<StackTraceElement> mostSeenWith(
            @Nullable StackTraceElement site, List<Episode.Sample> samples) {
        Map<List<StackTraceElement>, Integer> counts = new LinkedHashMap<>();
        for (Episode.Sample sample : samples) {
            if (sample.stack().contains(site)) {
                counts.merge(sample.stack(), 1, Integer::sum);
            }
        }
        List<StackTraceElement> most = List.of();
        int count = 0;
        for (Map.Entry<List<StackTraceElement>, Integer> seen : counts.entrySet()) {
            if (seen.getValue() > count) {
                count = seen.getValue();
                most = seen.getKey();
            }
        }
        return most;
    }

    /** Tasks of many kinds: the method that was seen most. */
    private static @Nullable Seen mostSeen(Map<String, Seen> methods) {
        Seen most = null;
        for (Seen seen : methods.values()) {
            if (most == null || seen.count > most.count) {
                most = seen;
            }
        }
        return most;
    }

    /** For a lock, the samples that wait for it; else all. */
    private static List<Episode.Sample> relevant(List<Episode.Sample> all, Cause cause) {
        if (cause != Cause.LOCK && cause != Cause.BLOCKING_CALL) {
            return all;
        }
        List<Episode.Sample> waiting = new ArrayList<>();
        for (Episode.Sample sample : all) {
            if (sample.state() != Thread.State.RUNNABLE) {
                waiting.add(sample);
            }
        }
        return waiting.isEmpty() ? all : waiting;
    }

    private static int atMethod(List<Episode.Sample> samples, StackTraceElement site) {
        int count = 0;
        for (Episode.Sample sample : samples) {
            for (StackTraceElement frame : sample.stack()) {
                if (method(frame).equals(method(site))) {
                    count++;
                    break;
                }
            }
        }
        return count;
    }

    private static String method(StackTraceElement frame) {
        return frame.getClassName() + "#" + Frames.methodOf(frame);
    }

    /** Classes of the outermost application frames, the most frequent first. */
    private List<String> topTasks(List<Episode.Sample> samples) {
        Map<String, Integer> counts = new HashMap<>();
        for (Episode.Sample sample : samples) {
            for (int i = sample.stack().size() - 1; i >= 0; i--) {
                StackTraceElement frame = sample.stack().get(i);
                if (stacks.isApplication(frame)) {
                    counts.merge(frame.getClassName() + "." + Frames.methodOf(frame), 1, Integer::sum);
                    break;
                }
            }
        }
        return counts.entrySet().stream()
                .sorted((a, b) -> b.getValue() - a.getValue())
                .limit(TOP_TASKS)
                .map(Map.Entry::getKey)
                .toList();
    }
}
