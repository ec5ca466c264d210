package io.stallsight.engine.reflect;

import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.rule.FutureRule;
import io.stallsight.engine.catalog.rule.FutureRule.Trait;
import io.stallsight.engine.memory.ClassMap;
import io.stallsight.engine.thread.Callee;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What an object completes when it runs or is completed itself, and whether a result is complete. The catalog names the
 * fields of some classes. Beside these, a field leads on by its type: an object with a field of type {@code Runnable}
 * or {@code Subscriber} is there to call it. A field in which a lambda keeps a future leads nowhere, since the lambda
 * may only look at it. Any thread may call it; of the application it calls only the methods that the catalog names
 * ({@link Callee}).
 */
public final class Completions {

    private final List<FutureRule> rules;
    private final ClassMap<Known> known = new ClassMap<>(type -> find(type));

    private record Known(
            List<Field> leads,
            @Nullable Field runner,
            boolean isOwner,
            boolean isPart,
            @Nullable Member done,
            @Nullable Member pending) {}

    /** Whether a result is complete. */
    public enum State {
        COMPLETE,
        PENDING,
        UNKNOWN
    }

    public Completions(List<FutureRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** The fields that lead to what an object of the class completes. */
    public List<Field> leads(Class<?> type) {
        return known.get(type).leads;
    }

    /** The field of a task with the thread that runs it, or null. */
    public @Nullable Field runner(Class<?> type) {
        return known.get(type).runner;
    }

    /** Whether the loop of the object completes all that the object completes. */
    public boolean isOwner(Object object) {
        return known.get(object.getClass()).isOwner;
    }

    /** Whether the object and the one that it is a part of are one. */
    public boolean isPart(Object object) {
        return known.get(object.getClass()).isPart;
    }

    /** Whether the object is completed once and for good: a future or a latch, and no lock, condition or queue. */
    public boolean isResult(Object object) {
        Known of = known.get(object.getClass());
        return object instanceof Future || of.done != null || of.pending != null;
    }

    public State state(Object result) {
        Known of = known.get(result.getClass());
        return of.done instanceof Method || of.pending instanceof Method
                ? Callee.ofClass(result.getClass()).call(result, () -> state(of, result), State.UNKNOWN)
                : state(of, result);
    }

    private static State state(Known of, Object result) {
        if (of.done != null) {
            return isSet(of.done, result) ? State.COMPLETE : State.PENDING;
        }
        if (of.pending != null) {
            return isSet(of.pending, result) ? State.PENDING : State.COMPLETE;
        }
        return State.UNKNOWN;
    }

    private static boolean isSet(Member member, Object result) {
        Object value;
        try {
            value = member instanceof Method method ? method.invoke(result) : ((Field) member).get(result);
        } catch (ReflectiveOperationException e) { // the catalog names a member that fails
            return false;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        return value instanceof Number number ? number.longValue() != 0 : value != null;
    }

    private Known find(Class<?> type) {
        List<Field> leads = new ArrayList<>();
        Field runner = null;
        boolean owner = false;
        boolean part = false;
        boolean either = false;
        Member done = null;
        Member pending = null;
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            for (FutureRule rule : rules) {
                if (ClassNames.isOrCopies(at.getName(), rule.className())) {
                    for (String lead : rule.leads()) {
                        if (MemberPath.find(at, lead) instanceof Field field) {
                            leads.add(field);
                        }
                    }
                    if (rule.runner() != null && MemberPath.find(at, rule.runner()) instanceof Field field) {
                        runner = field;
                    }
                    owner |= rule.traits().contains(Trait.OWNER);
                    part |= rule.traits().contains(Trait.PART);
                    either |= rule.traits().contains(Trait.EITHER);
                    done = done == null ? member(at, rule.done()) : done;
                    pending = pending == null ? member(at, rule.pending()) : pending;
                }
            }
            addCalled(at, leads);
        }
        return new Known(either ? List.of() : List.copyOf(leads), runner, owner, part, done, pending);
    }

    /** The class's own field of that name, rather than a method that a later JDK has: {@code FutureTask.state}. */
    private static @Nullable Member member(Class<?> type, @Nullable String name) {
        if (name == null) {
            return null;
        }
        try {
            Field field = type.getDeclaredField(name);
            return field.trySetAccessible() ? field : null;
        } catch (NoSuchFieldException notAField) {
            return MemberPath.find(type, name);
        }
    }

    private void addCalled(Class<?> declaring, List<Field> leads) {
        try {
            for (Field field : declaring.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && isCalled(field.getType()) && field.trySetAccessible()) {
                    leads.add(field);
                }
            }
        } catch (LinkageError | RuntimeException unreadable) {
            // a class whose fields' types are missing
        }
    }

    /** A class, or an interface that is a future as well, may be kept for other reasons than to call it. */
    private boolean isCalled(Class<?> type) {
        return type.isInterface() && !Future.class.isAssignableFrom(type) && extendsCalled(type);
    }

    private boolean extendsCalled(Class<?> type) {
        for (FutureRule rule : rules) {
            if (rule.traits().contains(Trait.CALLED) && ClassNames.isOrCopies(type.getName(), rule.className())) {
                return true;
            }
        }
        for (Class<?> extended : type.getInterfaces()) {
            if (extendsCalled(extended)) {
                return true;
            }
        }
        return false;
    }
}
