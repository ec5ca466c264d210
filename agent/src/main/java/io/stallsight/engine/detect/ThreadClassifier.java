package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.ThreadRule;
import io.stallsight.engine.thread.AgentThread;
import io.stallsight.hook.StallsightAgent;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.text.Glob;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Tells by name and class whether a thread must not block. What a thread <em>does</em> (it runs an event loop) is added
 * by {@link LoopThreads}. Any thread may change what it goes by.
 */
public final class ThreadClassifier {

    /** What is known of a thread before it does anything. */
    enum Verdict {
        /** Nothing: it may block until it proves to be a loop. */
        UNKNOWN,
        NON_BLOCKING,
        /** Must not block whenever its rule's predicate says so. */
        DYNAMIC,
        /** May block, whatever it does. */
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
    private final ConcurrentHashMap<Class<?>, Predicate> predicates = new ConcurrentHashMap<>();

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
        Verdict verdict = known(thread);
        return verdict == Verdict.UNKNOWN && matches(requested, thread.getName());
    }

    /** Adds a policy, which counts once {@link StallsightAgent#reclassify()} is called. */
    public void add(ThreadPolicy policy) {
        policies.add(policy);
    }

    /** The options and the catalog, and where they know nothing of the thread the policies. */
    Verdict classify(Thread thread) {
        Verdict known = known(thread);
        if (known == Verdict.UNKNOWN && matches(requested, thread.getName())) {
            return Verdict.NON_BLOCKING;
        }
        if (policies.isEmpty() || known == Verdict.MAY_BLOCK || known == Verdict.NON_BLOCKING) {
            return known;
        }
        boolean dynamic = false;
        for (ThreadPolicy policy : policies) {
            ThreadPolicy.Answer answer = policy.about(thread);
            if (answer == ThreadPolicy.Answer.NON_BLOCKING) {
                return Verdict.NON_BLOCKING;
            }
            dynamic |= answer == ThreadPolicy.Answer.DYNAMIC;
        }
        return dynamic ? Verdict.DYNAMIC : known;
    }

    boolean isExcluded(Thread thread) {
        return AgentThread.isOfAgent(thread) || matches(excluded, thread.getName());
    }

    /**
     * The options, exclusions of the catalog, then its rules; without the policies, which want to be asked by the
     * thread itself.
     */
    Verdict known(Thread thread) {
        String name = thread.getName();
        if (isExcluded(thread)) {
            return Verdict.MAY_BLOCK;
        }
        if (matches(threads, name)) {
            return Verdict.NON_BLOCKING;
        }
        Verdict verdict = Verdict.UNKNOWN;
        for (ThreadRule rule : rulesOfClass.get(thread.getClass())) {
            if (rule.name() == null || new Glob(rule.name()).matches(name)) {
                if (rule.mayBlock()) {
                    return Verdict.MAY_BLOCK;
                }
                verdict = rule.predicate() == null ? Verdict.NON_BLOCKING : Verdict.DYNAMIC;
            }
        }
        for (ThreadRule rule : nameRules) {
            if (rule.name() != null && new Glob(rule.name()).matches(name)) {
                if (rule.mayBlock()) {
                    return Verdict.MAY_BLOCK;
                }
                verdict = Verdict.NON_BLOCKING;
            }
        }
        return verdict;
    }

    /**
     * Asks the predicate of a {@link Verdict#DYNAMIC} thread; a predicate that cannot be asked means that it may block.
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
            predicate = findPredicate(thread.getClass());
            if (predicate == null) {
                return false;
            }
            predicates.put(thread.getClass(), predicate);
        }
        try {
            return (boolean) predicate.handle.invokeExact(thread);
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
                    StallsightErrors.suppress(e);
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
