package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.rule.ThreadRule;
import io.stallsight.engine.reflect.ClosedLoaders;
import io.stallsight.engine.thread.AgentThread;
import io.stallsight.hook.StallsightAgent;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.text.Glob;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
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
        /** The thread must not block whenever the predicate of its rule says so. */
        DYNAMIC,
        /** The thread may block, whatever it does. */
        MAY_BLOCK
    }

    private record Predicate(ThreadRule rule, MethodHandle handle) {}

    private volatile List<Glob> threads;
    private final List<Glob> requested = new CopyOnWriteArrayList<>();
    private final List<Glob> excluded;
    private final List<ThreadRule> nameRules = new ArrayList<>();
    private final List<ThreadRule> classRules = new ArrayList<>();
    private final ClassValue<List<ThreadRule>> rulesOfClass = new ClassValue<>() {
        @Override
        protected List<ThreadRule> computeValue(Class<?> type) {
            return findRulesOf(type);
        }
    };
    private final CopyOnWriteArrayList<ThreadPolicy> policies = new CopyOnWriteArrayList<>();
    private final ClassValue<@Nullable Predicate> predicates = new ClassValue<>() {
        @Override
        protected @Nullable Predicate computeValue(Class<?> type) {
            return findPredicate(type);
        }
    };

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
                verdict = rule.predicate() == null ? Classification.NON_BLOCKING : Classification.DYNAMIC;
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
     * Whether a {@link Classification#DYNAMIC} thread must not block at this moment. A predicate that fails means that
     * the thread may block.
     */
    boolean nonBlockingNow(Thread thread) {
        for (ThreadPolicy policy : policies) {
            if (policy.about(thread) == ThreadPolicy.Answer.DYNAMIC && policy.nonBlockingNow(thread)) {
                return true;
            }
        }
        return nonBlockingByRule(thread);
    }

    private boolean nonBlockingByRule(Thread thread) {
        Predicate predicate = predicates.get(thread.getClass());
        if (predicate == null) {
            return false;
        }
        try {
            return (boolean) predicate.handle.invokeExact(thread);
        } catch (LinkageError undeployed) { // the application's own failure: its loader is closed
            return false;
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return false;
        }
    }

    private @Nullable Predicate findPredicate(Class<?> threadClass) {
        for (ThreadRule rule : rulesOfClass.get(threadClass)) {
            String text = rule.predicate();
            if (text != null) {
                int hash = text.indexOf('#');
                int end = text.indexOf('(') < 0 ? text.length() : text.indexOf('(');
                try {
                    Class<?> owner = Class.forName(text.substring(0, hash), true, threadClass.getClassLoader());
                    Method method = owner.getMethod(text.substring(hash + 1, end), Thread.class);
                    return new Predicate(rule, MethodHandles.publicLookup().unreflect(method));
                } catch (ReflectiveOperationException | LinkageError e) {
                    if (!ClosedLoaders.isClosed(threadClass)) {
                        StallsightErrors.suppress(e);
                    }
                }
            }
        }
        return null;
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
        if (type.getName().equals(name) || isA(type.getSuperclass(), name)) {
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
