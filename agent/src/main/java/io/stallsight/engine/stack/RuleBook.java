package io.stallsight.engine.stack;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.rule.FrameRule;
import io.stallsight.engine.config.Mode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The allow and disallow rules in force, and how often each decided a call that would have been reported. Any thread
 * may change the rules at run time: the next decision follows the new ones. Thread-safe.
 */
public final class RuleBook {

    /** What was decided so far by one set of rules; a change makes new ones. */
    private record Decided(
            StackInspector refusingInspector,
            StackJudge refusing,
            StackInspector measuringInspector,
            StackJudge measuring) {}

    private final List<FrameRule> first;
    private final List<List<FrameRule>> added = new ArrayList<>();
    private final Map<FrameRule, LongAdder> hits = new ConcurrentHashMap<>();
    private final Naming naming;
    private final OwnLocks ownLocks;
    private final Subclasses subclasses;
    private volatile Decided decided;
    private volatile int version;

    /**
     * @param catalog with the rules that stay; of two about one frame the earlier decides, and added ones are earlier
     *     than these
     * @param naming names the calls that are decided
     */
    public RuleBook(Catalog catalog, Naming naming, Subclasses subclasses) {
        this.first = catalog.frameRules();
        this.naming = naming;
        this.ownLocks = new OwnLocks(catalog, naming, subclasses);
        this.subclasses = subclasses;
        this.decided = decide();
    }

    /**
     * Puts rules before all others.
     *
     * @return takes them away again
     */
    public synchronized Runnable add(List<FrameRule> rules) {
        List<FrameRule> copy = new ArrayList<>(rules); // found again by identity: equal lists may be added twice
        added.add(0, copy);
        rebuild();
        return () -> remove(copy);
    }

    private synchronized void remove(List<FrameRule> rules) {
        if (added.removeIf(each -> each == rules)) {
            rebuild();
            hits.keySet().retainAll(new HashSet<>(rules()));
        }
    }

    private synchronized void rebuild() {
        version++;
        decided = decide();
    }

    private Decided decide() {
        List<FrameRule> all = new ArrayList<>();
        added.forEach(all::addAll);
        all.addAll(first);
        all.removeIf(rule -> rule.has(FrameRule.Trait.OWN_LOCK));
        List<FrameRule> measuring = new ArrayList<>(all);
        measuring.removeIf(rule -> rule.has(FrameRule.Trait.STRICT_ONLY));
        List<FrameRule> waiting = new ArrayList<>(first);
        waiting.removeIf(rule -> !rule.has(FrameRule.Trait.WAIT_FOR_WORK));
        StackInspector waits = inspector(waiting);
        StackInspector refuses = inspector(all);
        StackInspector measures = inspector(measuring);
        return new Decided(
                refuses,
                new StackJudge(refuses, waits, ownLocks, naming),
                measures,
                new StackJudge(measures, waits, ownLocks, naming));
    }

    private StackInspector inspector(List<FrameRule> rules) {
        return new StackInspector(new FrameRules(rules, subclasses));
    }

    /** Decides about calls that are refused or not. */
    public StackJudge refusing() {
        return decided.refusing;
    }

    /** Decides about calls that are over: in strict mode with the same rules as those that were refused. */
    public StackJudge measuring(Mode mode) {
        return mode == Mode.STRICT ? decided.refusing : decided.measuring;
    }

    /**
     * The stack of another thread without frames of the agent, or null if a rule allows a call there. It may be kept.
     */
    @Nullable
    public List<StackTraceElement> inspect(StackTraceElement[] stack, Mode mode) {
        Decided now = decided;
        StackInspector.Inspection inspection =
                (mode == Mode.STRICT ? now.refusingInspector : now.measuringInspector).inspect(stack);
        if (inspection.rule() != null) {
            hit(inspection.rule());
        }
        List<StackTraceElement> kept = inspection.stack();
        return kept == null
                ? null
                : naming.inFiles(kept.stream().map(AgentFrames::withoutClass).toList());
    }

    /** Whether a rule allows a call with this stack. Counts nothing, as a sample is no call. */
    boolean allows(List<StackTraceElement> stack) {
        return decided.measuringInspector
                        .inspect(stack.toArray(new StackTraceElement[0]))
                        .stack()
                == null;
    }

    /**
     * Whether a thread with this stack, which has no frames of the agent, waits for a lock that a library takes for
     * itself.
     */
    public boolean isOwnLock(List<StackTraceElement> stack) {
        return ownLocks.cover(stack);
    }

    /**
     * Whether a call with this stack, which has no frames of the agent, waits for a lock that a library takes for
     * itself.
     *
     * @param kind of the woven point
     */
    public boolean isOwnLock(Kind kind, List<StackTraceElement> stack) {
        return ownLocks.cover(kind, stack);
    }

    /**
     * Whether a thread with this stack, which has no frames of the agent, waits for a lock of the framework that called
     * the application.
     */
    public boolean isLockOfTheCallingFramework(List<StackTraceElement> stack) {
        return ownLocks.areOfTheCallingFramework(stack);
    }

    /** Loads and links what the first questions of a blocked thread need. */
    public void rehearse() {
        String className = RuleBook.class.getName();
        for (int i = 0; i < 2; i++) { // the second answer comes from the memory
            subclasses.isSubclass(className, Object.class.getName());
        }
    }

    /** Counts the rule that decided, if one did, for {@link #hits}. */
    public void count(Judgment judgment) {
        if (judgment.rule() != null) {
            hit(judgment.rule());
        }
    }

    private void hit(FrameRule rule) {
        LongAdder count = hits.get(rule);
        if (count == null) {
            count = hits.computeIfAbsent(rule, any -> new LongAdder());
        }
        count.increment();
    }

    /** Another number after each change. */
    public int version() {
        return version;
    }

    /** How many calls the rule has decided since the attach. */
    public long hits(FrameRule rule) {
        LongAdder count = hits.get(rule);
        return count == null ? 0 : count.sum();
    }

    /** All rules in force, the first to decide first. */
    public synchronized List<FrameRule> rules() {
        List<FrameRule> all = new ArrayList<>();
        added.forEach(all::addAll);
        all.addAll(first);
        return all;
    }
}
