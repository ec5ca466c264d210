package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.rule.RoleRule;
import io.stallsight.engine.catalog.rule.ThreadRule;
import io.stallsight.engine.memory.ClassMap;
import io.stallsight.engine.reflect.ClosedLoaders;
import io.stallsight.engine.reflect.MemberPath;
import io.stallsight.engine.thread.Callee;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightRole;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What threads that change their role do at the moment, as their library's own fields and methods say. Any thread may
 * ask about any other; the answer may be out of date when it is given. Thread-safe.
 */
final class ThreadRoles {

    /** Where a class of threads says what they do. */
    private record Source(
            @Nullable MethodHandle predicate,
            @Nullable MemberPath lent,
            @Nullable MemberPath working,
            boolean readsFieldsOnly) {

        boolean isSilent() {
            return predicate == null && lent == null && working == null;
        }
    }

    private static final Source NONE = new Source(null, null, null, true);

    private final ClassMap<Source> sources;

    /** @param rulesOf the rules for the threads of a class */
    ThreadRoles(Function<Class<?>, List<ThreadRule>> rulesOf) {
        this.sources = new ClassMap<>(type -> find(type, rulesOf.apply(type)));
    }

    /**
     * A constant of {@link StallsightRole}. A thread whose library does not answer is lent: nobody is blamed without
     * knowledge.
     *
     * @param unknown the result if a method of the library hung before
     */
    int of(Thread thread, int unknown) {
        Source source = sources.get(thread.getClass());
        return source.readsFieldsOnly
                ? of(source, thread)
                : Callee.ofClass(thread.getClass()).call(thread, () -> of(source, thread), unknown);
    }

    boolean readsFieldsOnly(Thread thread) {
        return sources.get(thread.getClass()).readsFieldsOnly;
    }

    private static int of(Source source, Thread thread) {
        if (source.isSilent() || isTrue(source.lent, thread)) {
            return StallsightRole.LENT;
        }
        if (source.working != null && !isTrue(source.working, thread)) {
            return StallsightRole.WAITS;
        }
        return source.predicate == null || accepts(source.predicate, thread)
                ? StallsightRole.WORKS
                : StallsightRole.LENT;
    }

    private static boolean isField(@Nullable MemberPath path, Class<?> type) {
        return path == null || path.isFieldOf(type);
    }

    private static boolean isTrue(@Nullable MemberPath path, Thread thread) {
        return path != null && Boolean.TRUE.equals(path.follow(thread));
    }

    private static boolean accepts(MethodHandle predicate, Thread thread) {
        try {
            return (boolean) predicate.invokeExact(thread);
        } catch (LinkageError undeployed) { // the application's own failure: its loader is closed
            return false;
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return false;
        }
    }

    private static Source find(Class<?> threadClass, List<ThreadRule> rules) {
        for (ThreadRule rule : rules) {
            RoleRule role = rule.role();
            if (role != null) {
                String text = role.predicate();
                MethodHandle predicate = text == null ? null : predicate(text, threadClass);
                if (text != null && predicate == null) {
                    return NONE;
                }
                MemberPath lent = MemberPath.of(role.lent());
                MemberPath working = MemberPath.of(role.working());
                boolean readsFieldsOnly =
                        predicate == null && isField(lent, threadClass) && isField(working, threadClass);
                return new Source(predicate, lent, working, readsFieldsOnly);
            }
        }
        return NONE;
    }

    private static @Nullable MethodHandle predicate(String text, Class<?> threadClass) {
        int hash = text.indexOf('#');
        int end = text.indexOf('(') < 0 ? text.length() : text.indexOf('(');
        try {
            Class<?> owner = Class.forName(text.substring(0, hash), true, threadClass.getClassLoader());
            Method method = owner.getMethod(text.substring(hash + 1, end), Thread.class);
            return MethodHandles.publicLookup().unreflect(method);
        } catch (ReflectiveOperationException | LinkageError e) {
            if (!ClosedLoaders.isClosed(threadClass)) {
                StallsightErrors.suppress(e);
            }
            return null;
        }
    }
}
