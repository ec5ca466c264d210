package io.stallsight.engine.stack;

import io.stallsight.engine.catalog.FrameRule;
import io.stallsight.frame.FramePattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rule for a frame, among hundreds, on a thread that must not block. Immutable; made anew when rules change.
 *
 * <p>A rule for a class is found by one map look-up. Rules for packages, and the nested classes of a class, are starts
 * of class names ({@code com.shop.}, {@code com.shop.Orders$}); they lie in one sorted array, and each knows the
 * longest other start that it begins with. One binary search finds the start that sorts directly before a name. The
 * starts of this name are that one or among those that it begins with, since whatever sorts between a start and a name
 * that has it begins with that start as well. So the walk visits the starts of the name alone, the longest first.
 *
 * <p>The most specific rule decides: of the class itself, then of any class ({@code **#<clinit>}), then of the longest
 * start. Of rules about the same class or start, the first in the list decides.
 */
public final class FrameRules {

    private static final FrameRule[] NONE = {};
    private static final int NO_PARENT = -1;

    private final Map<String, FrameRule[]> byClass;
    private final FrameRule[] ofAnyClass;
    private final String[] starts;
    private final FrameRule[][] byStart;

    /** The index of the longest other start that a start begins with. */
    private final int[] parents;

    public FrameRules(List<FrameRule> rules) {
        Map<String, List<FrameRule>> classes = new HashMap<>();
        TreeMap<String, List<FrameRule>> sorted = new TreeMap<>();
        for (FrameRule rule : rules) {
            FramePattern frames = rule.frames();
            if (frames.part() == FramePattern.Part.PACKAGE) {
                add(sorted, frames.owner(), rule);
            } else {
                add(classes, frames.owner(), rule);
                if (frames.coversNested()) {
                    add(sorted, frames.owner() + "$", rule);
                }
            }
        }
        List<FrameRule> anyClass = sorted.remove("");
        ofAnyClass = anyClass == null ? NONE : anyClass.toArray(NONE);
        byClass = new HashMap<>();
        classes.forEach((name, list) -> byClass.put(name, list.toArray(NONE)));
        starts = sorted.keySet().toArray(new String[0]);
        byStart = new FrameRule[starts.length][];
        parents = new int[starts.length];
        int i = 0;
        for (Map.Entry<String, List<FrameRule>> start : sorted.entrySet()) {
            byStart[i] = start.getValue().toArray(NONE);
            parents[i] = startOf(start.getKey(), i - 1);
            i++;
        }
    }

    private static void add(Map<String, List<FrameRule>> rules, String key, FrameRule rule) {
        rules.computeIfAbsent(key, any -> new ArrayList<>(2)).add(rule);
    }

    /** The longest start that the name begins with, from {@code last} and the starts that this one begins with. */
    private int startOf(String name, int last) {
        int start = last;
        while (start != NO_PARENT && !name.startsWith(starts[start])) {
            start = parents[start];
        }
        return start;
    }

    /**
     * The rule that decides for a frame, or null.
     *
     * @param calling whether the frame directly calls the blocking API
     */
    public @Nullable FrameRule find(String className, String method, boolean calling) {
        FrameRule[] ofClass = byClass.get(className);
        FrameRule rule = ofClass == null ? null : first(ofClass, method, calling);
        if (rule == null) {
            rule = first(ofAnyClass, method, calling);
        }
        return rule == null ? byStart(className, method, calling) : rule;
    }

    private @Nullable FrameRule byStart(String className, String method, boolean calling) {
        int found = Arrays.binarySearch(starts, className);
        for (int i = startOf(className, found >= 0 ? found : -found - 2); i != NO_PARENT; i = parents[i]) {
            FrameRule rule = first(byStart[i], method, calling);
            if (rule != null) {
                return rule;
            }
        }
        return null;
    }

    private static @Nullable FrameRule first(FrameRule[] rules, String method, boolean calling) {
        for (FrameRule rule : rules) {
            if ((calling || !rule.has(FrameRule.Trait.DIRECT)) && rule.frames().coversMethod(method)) {
                return rule;
            }
        }
        return null;
    }
}
