package io.stallsight.engine.stack;

import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.rule.FrameRule;
import io.stallsight.frame.FramePattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rule for a frame, among hundreds, on a thread that must not block. Immutable; a change of the rules makes
 * another one.
 *
 * <p>A rule for a class is found by one map look-up. Rules for the nested classes of a class, and rules for packages,
 * are starts of class names ({@code com.shop.Orders$}, {@code com.shop.}), see {@link Starts}: a binary search for each
 * of the two, the former only for names that have a {@code $}.
 *
 * <p>The most specific rule decides: of the class itself, then of any class ({@code **#<clinit>}), then of a
 * superclass, then of the longest start. Of rules about the same class or start, the first in the list decides. A frame
 * has only the name of its class, so {@link Subclasses} answers which class that is; it is asked only about methods
 * that a rule about overrides names. A class that no rule covers may be a copy of one that a rule covers, see
 * {@link ClassNames}.
 */
public final class FrameRules {

    private static final FrameRule[] NONE = {};

    private final Map<String, FrameRule[]> byClass = new HashMap<>();
    private final FrameRule[] ofAnyClass;

    /** By the name of the method, empty for all methods. */
    private final Map<String, FrameRule[]> ofOverrides = new HashMap<>();

    private final Starts nested;
    private final Starts packages;
    private final Subclasses subclasses;

    /** Rules of which none covers overrides in classes with other names than those of recordings. */
    public FrameRules(List<FrameRule> rules) {
        this(rules, Subclasses.BY_NAME);
    }

    public FrameRules(List<FrameRule> rules, Subclasses subclasses) {
        this.subclasses = subclasses;
        Map<String, List<FrameRule>> overrides = new HashMap<>();
        Map<String, List<FrameRule>> classes = new HashMap<>();
        TreeMap<String, List<FrameRule>> ofNested = new TreeMap<>();
        TreeMap<String, List<FrameRule>> ofPackages = new TreeMap<>();
        for (FrameRule rule : rules) {
            FramePattern frames = rule.frames();
            if (frames.part() == FramePattern.Part.PACKAGE) {
                add(ofPackages, frames.owner(), rule);
            } else {
                add(classes, frames.owner(), rule);
                if (rule.has(FrameRule.Trait.OVERRIDES)) {
                    add(overrides, frames.method(), rule);
                }
                if (frames.coversNested()) {
                    add(ofNested, frames.owner() + "$", rule);
                }
            }
        }
        List<FrameRule> anyClass = ofPackages.remove("");
        ofAnyClass = anyClass == null ? NONE : anyClass.toArray(NONE);
        classes.forEach((name, list) -> byClass.put(name, list.toArray(NONE)));
        overrides.forEach((method, list) -> ofOverrides.put(method, list.toArray(NONE)));
        nested = new Starts(ofNested);
        packages = new Starts(ofPackages);
    }

    private static void add(Map<String, List<FrameRule>> rules, String key, FrameRule rule) {
        rules.computeIfAbsent(key, any -> new ArrayList<>(2)).add(rule);
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
        if (rule == null && !ofOverrides.isEmpty()) {
            rule = ofSuperclass(ofOverrides.get(method), className, calling);
            rule = rule == null ? ofSuperclass(ofOverrides.get(""), className, calling) : rule;
        }
        if (rule == null && className.indexOf('$') >= 0) {
            rule = nested.find(className, method, calling);
        }
        rule = rule == null ? packages.find(className, method, calling) : rule;
        String original = rule == null ? ClassNames.original(className) : null;
        return original == null ? rule : ofOriginal(original, method, calling);
    }

    /** The rule for the class of which a frame's class may be a copy, by its name alone. */
    private @Nullable FrameRule ofOriginal(String className, String method, boolean calling) {
        FrameRule[] ofClass = byClass.get(className);
        FrameRule rule = ofClass == null ? null : first(ofClass, method, calling);
        if (rule == null && className.indexOf('$') >= 0) {
            rule = nested.find(className, method, calling);
        }
        rule = rule == null ? packages.find(className, method, calling) : rule;
        String original = rule == null ? ClassNames.original(className) : null;
        return original == null ? rule : ofOriginal(original, method, calling);
    }

    private @Nullable FrameRule ofSuperclass(FrameRule @Nullable [] rules, String className, boolean calling) {
        if (rules != null) {
            for (FrameRule rule : rules) {
                if ((calling || !rule.has(FrameRule.Trait.DIRECT))
                        && subclasses.isSubclass(className, rule.frames().owner())) {
                    return rule;
                }
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

    /**
     * Rules by the start of class names, in one sorted array. Each start knows the longest other start that it begins
     * with. The binary search finds the start that sorts directly before a name. The starts of this name are that one
     * or among those that it begins with, since whatever sorts between a start and a name that has it begins with that
     * start as well. So the walk visits few starts besides those of the name, the longest first.
     */
    private static final class Starts {

        private static final int NO_PARENT = -1;

        private final String[] starts;
        private final FrameRule[][] rules;

        /** The index of the longest other start that a start begins with. */
        private final int[] parents;

        Starts(SortedMap<String, List<FrameRule>> sorted) {
            starts = sorted.keySet().toArray(new String[0]);
            rules = new FrameRule[starts.length][];
            parents = new int[starts.length];
            int i = 0;
            for (Map.Entry<String, List<FrameRule>> start : sorted.entrySet()) {
                rules[i] = start.getValue().toArray(NONE);
                parents[i] = startOf(start.getKey(), i - 1);
                i++;
            }
        }

        /** The longest start that the name begins with: {@code last}, or one that {@code last} begins with. */
        private int startOf(String name, int last) {
            int start = last;
            while (start != NO_PARENT && !name.startsWith(starts[start])) {
                start = parents[start];
            }
            return start;
        }

        @Nullable
        FrameRule find(String className, String method, boolean calling) {
            int found = Arrays.binarySearch(starts, className);
            for (int i = startOf(className, found >= 0 ? found : -found - 2); i != NO_PARENT; i = parents[i]) {
                FrameRule rule = first(rules[i], method, calling);
                if (rule != null) {
                    return rule;
                }
            }
            return null;
        }
    }
}
