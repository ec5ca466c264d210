package io.stallsight.engine.stall;

import io.stallsight.engine.fact.Cause;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.frame.Frames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the frame to blame in the samples of a stall: the frame that most of them share, or none.
 *
 * <p><b>Problem.</b> A sample shows one moment. The watch may have lost its CPU as well, and one or two samples of a
 * long stall are chance. And what a sample shows may be nobody's doing: the JVM loads a class.
 *
 * <p><b>Algorithm.</b> A method is to blame if most samples have it, and if they are enough for the time that they
 * stand for: a quarter of those that a dense sampling gives, and never one alone. Samples that are nobody's doing
 * count, and blame nobody.
 */
final class StallCulprits {

    /** A method is to blame if this share of the samples has it. */
    private static final double SHARED = 0.6;

    /** One sample blames nobody. */
    private static final int MIN_SAMPLES = 2;

    /** More than these are enough for any time. */
    private static final int MAX_MIN_SAMPLES = 8;

    /** A sample stands for at most this time of a cause. In nanoseconds. */
    private static final long MAX_NANOS_OF_A_SAMPLE = 4 * LoopSamples.DENSE_PERIOD;

    private static final int TOP_TASKS = 3;

    /** The most different stacks in the profile of a stall. */
    private static final int MAX_STACKS = 12;

    private final Stacks stacks;

    StallCulprits(Stacks stacks) {
        this.stacks = stacks;
    }

    /** The stacks that were seen, most frequent first. */
    static List<Stall.Seen> profile(List<LoopSamples.Sample> samples) {
        Map<List<StackTraceElement>, Integer> counts = new LinkedHashMap<>();
        for (LoopSamples.Sample sample : samples) {
            counts.merge(sample.stack(), 1, Integer::sum);
        }
        List<Stall.Seen> profile = new ArrayList<>();
        counts.forEach((stack, count) -> profile.add(new Stall.Seen(count, stack)));
        profile.sort((a, b) -> Integer.compare(b.count(), a.count()));
        return profile.size() <= MAX_STACKS ? profile : List.copyOf(profile.subList(0, MAX_STACKS));
    }

    /**
     * The frame that samples share.
     *
     * @param count of the samples with it
     * @param stack one with it, innermost frame first
     * @param nobodys whether most samples are nobody's doing
     */
    record Culprit(@Nullable StackTraceElement site, int count, List<StackTraceElement> stack, boolean nobodys) {}

    /** No line is to blame for what was sampled. */
    static Culprit nobody(List<LoopSamples.Sample> samples) {
        return new Culprit(null, 0, middle(samples), true);
    }

    private static List<StackTraceElement> middle(List<LoopSamples.Sample> samples) {
        return samples.isEmpty() ? List.of() : samples.get(samples.size() / 2).stack();
    }

    /** How many samples have to share a method that is to blame for {@code nanos}. */
    private static int minSamples(long nanos) {
        long enough = 1 + nanos / MAX_NANOS_OF_A_SAMPLE;
        return (int) Math.max(MIN_SAMPLES, Math.min(MAX_MIN_SAMPLES, enough));
    }

    /** The samples that may blame a line for computing. */
    List<LoopSamples.Sample> thatMayBlameForWork(List<LoopSamples.Sample> samples) {
        return thatMayBlame(samples, Cause.CPU);
    }

    private List<LoopSamples.Sample> thatMayBlame(List<LoopSamples.Sample> samples, Cause cause) {
        Map<List<StackTraceElement>, Boolean> nobodys = new HashMap<>();
        List<LoopSamples.Sample> kept = new ArrayList<>();
        for (LoopSamples.Sample sample : samples) {
            if (!nobodys.computeIfAbsent(sample.stack(), stack -> isNobodys(stack, cause))
                    && !waitsForInitialization(sample)) {
                kept.add(sample);
            }
        }
        return kept;
    }

    private boolean isNobodys(List<StackTraceElement> stack, Cause cause) {
        return switch (cause) {
            case LOCK -> stacks.isNobodysLock(stack);
            case BLOCKING_CALL -> stacks.isNobodysWait(stack);
            default -> stacks.isNobodysWork(stack);
        };
    }

    /**
     * A thread that waits in a method that is neither native nor of the JDK waits inside of the JVM: another thread
     * initialises the class that this line uses.
     */
    private boolean waitsForInitialization(LoopSamples.Sample sample) {
        boolean waits = sample.state() == Thread.State.WAITING || sample.state() == Thread.State.TIMED_WAITING;
        if (!waits || sample.stack().isEmpty()) {
            return false;
        }
        StackTraceElement top = sample.stack().get(0);
        return !top.isNativeMethod() && !stacks.isJdk(top);
    }

    /** How often a method was seen, and how far from the top. */
    private static final class Seen {
        int count;
        long depth;
        final Map<StackTraceElement, Integer> lines = new HashMap<>();

        double meanDepth() {
            return (double) depth / count;
        }
    }

    /** The call in which the culprit waits, or its native method; null if there is none. */
    @Nullable
    String api(Cause cause, Culprit culprit) {
        if (culprit.stack().isEmpty() || culprit.nobodys() || cause != Cause.NATIVE && cause != Cause.BLOCKING_CALL) {
            return null;
        }
        String call = cause == Cause.BLOCKING_CALL ? stacks.callOn(culprit.stack()) : null;
        if (call != null) {
            return call;
        }
        StackTraceElement top = culprit.stack().get(0);
        return top.getClassName() + "." + top.getMethodName();
    }

    /**
     * Of the application's methods that most samples share, the innermost.
     *
     * @param nanos that the cause took
     */
    Culprit culprit(List<LoopSamples.Sample> all, Cause cause, long nanos) {
        List<LoopSamples.Sample> samples = relevant(all, cause);
        List<LoopSamples.Sample> thatMayBlame = thatMayBlame(samples, cause);
        Map<String, Seen> methods = new HashMap<>();
        for (LoopSamples.Sample sample : thatMayBlame) {
            Set<String> counted = new HashSet<>();
            List<StackTraceElement> stack = sample.stack();
            Predicate<StackTraceElement> blamable = stacks.blamable(stack);
            for (int i = 0; i < stack.size(); i++) {
                StackTraceElement frame = stack.get(i);
                if (blamable.test(frame) && counted.add(method(frame))) {
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
        if (best == null || best.count < minSamples(nanos)) {
            return new Culprit(null, 0, middle(samples), 2 * thatMayBlame.size() < samples.size());
        }
        StackTraceElement site = null;
        int most = 0;
        for (Map.Entry<StackTraceElement, Integer> line : best.lines.entrySet()) {
            if (line.getValue() > most) {
                most = line.getValue();
                site = line.getKey();
            }
        }
        return new Culprit(site, best.count, mostSeenWith(site, thatMayBlame), false);
    }

    /** Of the stacks with {@code site}, the one that was seen most. */
    private static List<StackTraceElement> mostSeenWith(
            @Nullable StackTraceElement site, List<LoopSamples.Sample> samples) {
        Map<List<StackTraceElement>, Integer> counts = new LinkedHashMap<>();
        for (LoopSamples.Sample sample : samples) {
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

    /** For a lock or a blocking call, the samples that wait; else all. */
    static List<LoopSamples.Sample> relevant(List<LoopSamples.Sample> all, Cause cause) {
        if (cause != Cause.LOCK && cause != Cause.BLOCKING_CALL) {
            return all;
        }
        List<LoopSamples.Sample> waiting = new ArrayList<>();
        for (LoopSamples.Sample sample : all) {
            if (sample.state() != Thread.State.RUNNABLE) {
                waiting.add(sample);
            }
        }
        return waiting.isEmpty() ? all : waiting;
    }

    /** How many samples are in the method of {@code site}. */
    static int atMethod(List<LoopSamples.Sample> samples, StackTraceElement site) {
        int count = 0;
        for (LoopSamples.Sample sample : samples) {
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
        return Frames.rule(frame);
    }

    /** The outermost application frame of each sample, the most frequent first. */
    List<String> topTasks(List<LoopSamples.Sample> samples) {
        List<StackTraceElement> tasks = new ArrayList<>();
        for (LoopSamples.Sample sample : samples) {
            Predicate<StackTraceElement> blamable = stacks.blamable(sample.stack());
            for (int i = sample.stack().size() - 1; i >= 0; i--) {
                if (blamable.test(sample.stack().get(i))) {
                    tasks.add(sample.stack().get(i));
                    break;
                }
            }
        }
        return mostFrequent(tasks);
    }

    /** The methods of frames, the most frequent first, with their share: {@code Orders.lambda$poll$0 (60 %)}. */
    static List<String> mostFrequent(List<StackTraceElement> frames) {
        Map<String, Integer> counts = new HashMap<>();
        frames.forEach(frame -> counts.merge(Frames.method(frame), 1, Integer::sum));
        return counts.entrySet().stream()
                .sorted((a, b) -> b.getValue() - a.getValue())
                .limit(TOP_TASKS)
                .map(count -> count.getKey() + " (" + Math.round(100.0 * count.getValue() / frames.size()) + " %)")
                .toList();
    }
}
