package io.stallsight.engine.blockhound;

import io.stallsight.engine.catalog.rule.FrameRule;
import io.stallsight.engine.stack.AgentFrames;
import io.stallsight.engine.stack.FrameRules;
import io.stallsight.engine.stack.RuleBook;
import io.stallsight.frame.FramePattern;
import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a builder allows a call. The innermost frame that an allowance names decides. As in BlockHound, an
 * allowance covers its method only, not the lambdas in it. The user's own rules for Stallsight count as well. The
 * catalog's rules do not: BlockHound would report the calls that they allow. Thread-safe.
 */
final class Allowances {

    /** The user's rules in one version of the rule book. */
    private record UsersRules(int version, FrameRules rules) {}

    private final Map<String, Map<String, Boolean>> allowances = new HashMap<>();
    private final List<FrameRule> rules = new ArrayList<>();
    private final RuleBook book;
    private final Set<FrameRule> catalogRules = Collections.newSetFromMap(new IdentityHashMap<>());
    private volatile @Nullable UsersRules users;

    /**
     * Creates the allowances of a builder.
     *
     * @param builders whether blocking is allowed inside a method, by class name and method name
     * @param source the source of the rules, as reports show it
     * @param book all rules of the engine
     * @param catalog the catalog's rules, which do not count here
     */
    Allowances(Map<String, Map<String, Boolean>> builders, String source, RuleBook book, List<FrameRule> catalog) {
        this.book = book;
        builders.forEach((className, methods) -> {
            allowances.put(className, new HashMap<>(methods));
            methods.forEach((method, allowed) -> {
                FramePattern frames = FramePattern.ofMethod(className, method);
                rules.add(
                        allowed
                                ? FrameRule.allow(frames, source, "blockhound")
                                : FrameRule.disallow(frames, source, "blockhound"));
            });
        });
        catalogRules.addAll(catalog);
    }

    /** Returns the allowances as rules for the rule book, so that Stallsight does not report the calls either. */
    List<FrameRule> rules() {
        return rules;
    }

    /** Returns whether the call in progress on the current thread is allowed. */
    boolean allowed() {
        FrameRules usersRules = usersRules();
        return StackWalker.getInstance().walk(frames -> allowed(frames, usersRules));
    }

    private boolean allowed(Stream<StackFrame> frames, FrameRules usersRules) {
        for (Iterator<StackFrame> walk = frames.iterator(); walk.hasNext(); ) {
            StackFrame frame = walk.next();
            String className = frame.getClassName();
            if (AgentFrames.isAgent(className)) {
                continue;
            }
            Map<String, Boolean> ofClass = allowances.get(className);
            Boolean allowed = ofClass == null ? null : ofClass.get(frame.getMethodName());
            if (allowed != null) {
                return allowed;
            }
            FrameRule rule = usersRules.find(className, frame.getMethodName(), false);
            if (rule != null) {
                return rule.allows();
            }
        }
        return false;
    }

    private FrameRules usersRules() {
        UsersRules current = users;
        int version = book.version();
        if (current == null || current.version != version) {
            List<FrameRule> found = new ArrayList<>();
            for (FrameRule rule : book.rules()) {
                if (!catalogRules.contains(rule) && !rule.source().equals("blockhound")) {
                    found.add(rule);
                }
            }
            current = new UsersRules(version, new FrameRules(found));
            users = current;
        }
        return current.rules;
    }
}
