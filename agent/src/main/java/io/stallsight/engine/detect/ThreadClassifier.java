package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.rule.ThreadRule;
import io.stallsight.engine.memory.ClassMap;
import io.stallsight.engine.thread.AgentThread;
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
    private final CopyOnWriteArrayList<ThreadPolicy> policies = new CopyOnWriteArrayList<>();
    private final ThreadRoles roles = new ThreadRoles(rulesOfClass::get);

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
        policies.add(policy);
    }

    /** Removes a policy, which is not asked again once {@link StallsightAgent#reclassify()} is called. */
    public void remove(ThreadPolicy policy) {
        policies.remove(policy);
    }

    /** Asks the options and the catalog, and where these know nothing about the thread, the application's tools. */
    Classification classify(Thread thread) {
        Classification known = known(thread);
        if (known == Classification.UNKNOWN && matches(requested, thread.getName())) {
            return Classification.NON_BLOCKING;
        }
        if (policies.isEmpty() || known == Classification.MAY_BLOCK || known == Classification.NON_BLOCKING) {
            return known;
        }
        boolean dynamic = false;
        for (ThreadPolicy policy : policies) {
            ThreadPolicy.Answer answer = policy.about(thread);
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

    /** What a {@link Classification#DYNAMIC} thread does at this moment: a constant of {@link StallsightRole}. */
    int roleNow(Thread thread) {
        boolean asked = false;
        for (ThreadPolicy policy : policies) {
            if (policy.about(thread) == ThreadPolicy.Answer.DYNAMIC) {
                asked = true;
                if (policy.nonBlockingNow(thread)) {
                    return StallsightRole.WORKS;
                }
            }
        }
        return asked && known(thread) != Classification.DYNAMIC ? StallsightRole.MAY_BLOCK : roles.of(thread);
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
