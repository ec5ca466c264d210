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
import org.jspecify.annotations.Nullable;

/** Finds the frame to blame in the samples of a stall: the frame that most of them share, or none. */
final class StallCulprits {

    /** A method is to blame if this share of the samples has it. */
    private static final double SHARED = 0.6;

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
     */
    record Culprit(@Nullable StackTraceElement site, int count, List<StackTraceElement> stack) {}

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
    Culprit culprit(List<LoopSamples.Sample> all, Cause cause) {
        List<LoopSamples.Sample> samples = relevant(all, cause);
        Map<String, Seen> methods = new HashMap<>();
        for (LoopSamples.Sample sample : samples) {
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

    /** For a lock, the samples that wait for it; else all. */
    private static List<LoopSamples.Sample> relevant(List<LoopSamples.Sample> all, Cause cause) {
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
            for (int i = sample.stack().size() - 1; i >= 0; i--) {
                if (stacks.isApplication(sample.stack().get(i))) {
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
