package io.stallsight.engine.blockhound;

import io.stallsight.engine.catalog.FrameRule;
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
 * Decides whether a builder allows a call: the innermost frame that an allowance names. A method means just this
 * method, not the lambdas in it, as with BlockHound. The user's own rules for Stallsight count as well; what the
 * catalog allows does not, since BlockHound would tell of it.
 */
final class Allowances {

    /** Rules of the user, for one version of the rule book. */
    private record UsersRules(int version, FrameRules rules) {}

    private final Map<String, Map<String, Boolean>> allowances = new HashMap<>();
    private final List<FrameRule> rules = new ArrayList<>();
    private final RuleBook book;
    private final Set<FrameRule> others = Collections.newSetFromMap(new IdentityHashMap<>());
    private volatile @Nullable UsersRules users;

    /**
     * @param source for reports: who made the rules
     * @param known the catalog's rules
     */
    Allowances(Map<String, Map<String, Boolean>> builders, String source, RuleBook book, List<FrameRule> known) {
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
        others.addAll(known);
    }

    /** The same for the rule book, so that what is allowed here is not reported either. */
    List<FrameRule> rules() {
        return rules;
    }

    /** Whether the call that the current thread is in is allowed. */
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
                if (!others.contains(rule) && !rule.source().equals("blockhound")) {
                    found.add(rule);
                }
            }
            current = new UsersRules(version, new FrameRules(found));
            users = current;
        }
        return current.rules;
    }
}
