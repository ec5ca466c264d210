package io.stallsight.engine.stack;

import io.stallsight.engine.catalog.FrameRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rule for a frame. Immutable; made anew when rules change. One map look-up a frame for rules that name a
 * class, one binary search for those that name a package.
 */
public final class FrameRules {

    private static final String ANY_CLASS = "";

    private final Map<String, List<FrameRule>> byClass = new HashMap<>();
    private final String[] prefixes;
    private final FrameRule[] prefixRules;
    private final boolean anyClassRules;

    public FrameRules(List<FrameRule> rules) {
        List<FrameRule> packages = new ArrayList<>();
        for (FrameRule rule : rules) {
            if (rule.isPrefix() && !rule.owner().isEmpty()) {
                packages.add(rule);
            } else {
                byClass.computeIfAbsent(rule.owner(), owner -> new ArrayList<>(2))
                        .add(rule);
            }
        }
        // found from the end: of equal packages the first in the list decides
        Collections.reverse(packages);
        packages.sort((a, b) -> a.owner().compareTo(b.owner()));
        prefixRules = packages.toArray(new FrameRule[0]);
        prefixes = new String[prefixRules.length];
        Arrays.setAll(prefixes, i -> prefixRules[i].owner());
        anyClassRules = byClass.containsKey(ANY_CLASS);
    }

    /**
     * The rule that decides for a frame, or null.
     *
     * @param calling whether the frame directly calls the blocking API
     */
    public @Nullable FrameRule find(String className, String method, boolean calling) {
        FrameRule rule = match(byClass.get(className), method, calling);
        if (rule == null && anyClassRules) {
            rule = match(byClass.get(ANY_CLASS), method, calling);
        }
        return rule == null ? byPackage(className, method, calling) : rule;
    }

    private static @Nullable FrameRule match(@Nullable List<FrameRule> rules, String method, boolean calling) {
        if (rules != null) {
            for (FrameRule rule : rules) {
                if (fits(rule, method, calling)) {
                    return rule;
                }
            }
        }
        return null;
    }

    private static boolean fits(FrameRule rule, String method, boolean calling) {
        String wanted = rule.method();
        return (wanted.isEmpty() || wanted.equals(method) || isLambdaOf(rule, wanted, method))
                && (!rule.has(FrameRule.Trait.DIRECT) || calling);
    }

    /**
     * A rule for a method is meant for the lambdas in it. Not so a rule for the initialisers of any class: a lambda
     * that is made there runs later.
     */
    private static boolean isLambdaOf(FrameRule rule, String wanted, String method) {
        if (!method.startsWith("lambda$")) {
            return false;
        }
        String enclosing = wanted;
        if (wanted.startsWith("<") && !rule.owner().isEmpty()) {
            enclosing = wanted.equals("<init>") ? "new" : "static";
        }
        return method.startsWith(enclosing, "lambda$".length())
                && method.startsWith("$", "lambda$".length() + enclosing.length());
    }

    private @Nullable FrameRule byPackage(String className, String method, boolean calling) {
        if (prefixes.length == 0) {
            return null;
        }
        int at = Arrays.binarySearch(prefixes, className);
        // the longest prefix sorts last among those that match, and nothing between it and the name can fail to share
        // its start
        for (int i = at >= 0 ? at : -at - 2; i >= 0; i--) {
            if (className.startsWith(prefixes[i])) {
                if (fits(prefixRules[i], method, calling)) {
                    return prefixRules[i];
                }
            } else if (prefixes[i].charAt(0) != className.charAt(0)) {
                return null;
            }
        }
        return null;
    }
}
