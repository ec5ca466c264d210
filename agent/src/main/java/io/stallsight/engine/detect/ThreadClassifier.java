package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.rule.ThreadRule;
import io.stallsight.engine.memory.ClassMap;
import io.stallsight.engine.thread.AgentThread;
import io.stallsight.engine.thread.Callee;
import io.stallsight.hook.StallsightAgent;
import io.stallsight.hook.StallsightRole;
import io.stallsight.text.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Decides by name and class whether a thread must not block. {@link LoopThreads} adds what a thread <em>does</em>: that
 * it runs an event loop. The options decide first, then the catalog, then the application's tools. Any thread may
 * change the options and add tools.
 */
public final class ThreadClassifier {

    /** Besides the constants of {@link StallsightRole}: the application does not say. */
    static final int UNKNOWN_ROLE = -1;

    private static final String NOT_KNOWN = "whether a thread may block at a moment is seen by that thread's own calls"
            + " only, so its stalls and its waits for monitors are not reported";

    /** What is known about a thread before it does anything. */
    enum Classification {
        /** Nothing is known. The thread may block until it runs an event loop. */
        UNKNOWN,
        NON_BLOCKING,
        /** The thread changes its role: {@link #roleNow} says at each moment whether it must not block. */
        DYNAMIC,
        /** The thread may block, whatever it does. */
        MAY_BLOCK
    }

    private volatile List<Glob> threads;
    private final List<Glob> requested = new CopyOnWriteArrayList<>();
    private final List<Glob> excluded;
    private final List<ThreadRule> nameRules = new ArrayList<>();
    private final List<ThreadRule> classRules = new ArrayList<>();
    private final ClassMap<List<ThreadRule>> rulesOfClass = new ClassMap<>(type -> findRulesOf(type));
    private final CopyOnWriteArrayList<Tool> tools = new CopyOnWriteArrayList<>();
    private final ThreadRoles roles = new ThreadRoles(rulesOfClass::get);

    /** @param callee stands for the policy where another thread asks it about a thread */
    private record Tool(ThreadPolicy policy, Callee callee) {}

    ThreadClassifier(List<ThreadRule> rules, List<Glob> threads, List<Glob> excluded) {
        this.threads = threads;
        this.excluded = excluded;
        for (ThreadRule rule : rules) {
            (rule.className() == null ? nameRules : classRules).add(rule);
        }
    }

    /** Threads of these names must not block from here on, besides all others. */
    public void request(List<Glob> names) {
        requested.addAll(names);
        StallsightAgent.reclassify();
    }

    /** Replaces what option {@code threads} says. */
    public void setThreads(List<Glob> names) {
        threads = names;
        StallsightAgent.reclassify();
    }

    /** Whether nothing but {@link #request} says that the thread must not block. */
    boolean isRequestedOnly(Thread thread) {
        Classification verdict = known(thread);
        return verdict == Classification.UNKNOWN && matches(requested, thread.getName());
    }

    /** Adds a policy, which counts once {@link StallsightAgent#reclassify()} is called. */
    public void add(ThreadPolicy policy) {
        tools.add(new Tool(policy, new Callee(NOT_KNOWN)));
    }

    /** Removes a policy, which is not asked again once {@link StallsightAgent#reclassify()} is called. */
    public void remove(ThreadPolicy policy) {
        tools.removeIf(tool -> tool.policy.equals(policy));
    }

    /** Asks the options and the catalog, and where these know nothing about the thread, the application's tools. */
    Classification classify(Thread thread) {
        Classification known = known(thread);
        if (known == Classification.UNKNOWN && matches(requested, thread.getName())) {
            return Classification.NON_BLOCKING;
        }
        if (tools.isEmpty() || known == Classification.MAY_BLOCK || known == Classification.NON_BLOCKING) {
            return known;
        }
        boolean dynamic = false;
        for (Tool tool : tools) {
            ThreadPolicy.Answer answer = tool.policy.about(thread);
            if (answer == ThreadPolicy.Answer.NON_BLOCKING) {
                return Classification.NON_BLOCKING;
            }
            dynamic |= answer == ThreadPolicy.Answer.DYNAMIC;
        }
        return dynamic ? Classification.DYNAMIC : known;
    }

    boolean isExcluded(Thread thread) {
        return AgentThread.isOfAgent(thread) || matches(excluded, thread.getName());
    }

    /**
     * Asks the options and the catalog; an exclusion decides first. The application's tools are left out, as only the
     * thread itself may ask them.
     */
    Classification known(Thread thread) {
        String name = thread.getName();
        if (isExcluded(thread)) {
            return Classification.MAY_BLOCK;
        }
        if (matches(threads, name)) {
            return Classification.NON_BLOCKING;
        }
        Classification verdict = Classification.UNKNOWN;
        for (ThreadRule rule : rulesOfClass.get(thread.getClass())) {
            if (rule.name() == null || new Glob(rule.name()).matches(name)) {
                if (rule.mayBlock()) {
                    return Classification.MAY_BLOCK;
                }
                verdict = rule.role() == null ? Classification.NON_BLOCKING : Classification.DYNAMIC;
            }
        }
        for (ThreadRule rule : nameRules) {
            if (rule.name() != null && new Glob(rule.name()).matches(name)) {
                if (rule.mayBlock()) {
                    return Classification.MAY_BLOCK;
                }
                verdict = Classification.NON_BLOCKING;
            }
        }
        return verdict;
    }

    /**
     * What a {@link Classification#DYNAMIC} thread does at this moment: a constant of {@link StallsightRole}. Called by
     * that thread, or by one of the agent's that may be lost: {@link #UNKNOWN_ROLE} if it was before.
     */
    int roleNow(Thread thread) {
        boolean asked = false;
        for (Tool tool : tools) {
            int role = tool.callee.call(thread, () -> role(tool.policy, thread), UNKNOWN_ROLE);
            if (role == StallsightRole.WORKS || role == UNKNOWN_ROLE) {
                return role;
            }
            asked |= role == StallsightRole.MAY_BLOCK;
        }
        return asked && known(thread) != Classification.DYNAMIC
                ? StallsightRole.MAY_BLOCK
                : roles.of(thread, UNKNOWN_ROLE);
    }

    /** {@link StallsightRole#LENT} where the policy has no say. */
    private static int role(ThreadPolicy policy, Thread thread) {
        if (policy.about(thread) != ThreadPolicy.Answer.DYNAMIC) {
            return StallsightRole.LENT;
        }
        return policy.nonBlockingNow(thread) ? StallsightRole.WORKS : StallsightRole.MAY_BLOCK;
    }

    /** Whether {@link #roleNow} reads fields only, and calls no method of the application. */
    boolean knowsRoleAtOnce(Thread thread) {
        return tools.isEmpty() && roles.readsFieldsOnly(thread);
    }

    private List<ThreadRule> findRulesOf(Class<?> threadClass) {
        List<ThreadRule> found = new ArrayList<>();
        for (ThreadRule rule : classRules) {
            if (rule.className() != null && isA(threadClass, rule.className())) {
                found.add(rule);
            }
        }
        return found;
    }

    private static boolean isA(@Nullable Class<?> type, String name) {
        if (type == null) {
            return false;
        }
        if (ClassNames.isOrCopies(type.getName(), name) || isA(type.getSuperclass(), name)) {
            return true;
        }
        for (Class<?> implemented : type.getInterfaces()) {
            if (isA(implemented, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(List<Glob> globs, String name) {
        for (Glob glob : globs) {
            if (glob.matches(name)) {
                return true;
            }
        }
        return false;
    }
}
