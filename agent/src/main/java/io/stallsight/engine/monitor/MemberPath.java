package io.stallsight.engine.monitor;

import io.stallsight.hook.StallsightHook;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of fields and of methods without parameters, resolved once for a class and followed often. What cannot be
 * resolved or followed is null: it is not told.
 */
final class MemberPath {

    private final List<Member> steps;

    private MemberPath(List<Member> steps) {
        this.steps = steps;
    }

    /** Null if {@code path} is null or leads nowhere from {@code type}. */
    static @Nullable MemberPath of(Class<?> type, @Nullable String path) {
        if (path == null) {
            return null;
        }
        List<Member> steps = new ArrayList<>();
        Class<?> at = type;
        for (String name : path.split("\\.", -1)) {
            Member step = find(at, name);
            if (step == null) {
                return null;
            }
            steps.add(step);
            at = step instanceof Method method ? method.getReturnType() : ((Field) step).getType();
        }
        return new MemberPath(steps);
    }

    @Nullable
    Object follow(Object from) {
        Object at = from;
        for (Member step : steps) {
            if (at == null) {
                return null;
            }
            try {
                at = step instanceof Method method ? method.invoke(at) : ((Field) step).get(at);
            } catch (ReflectiveOperationException | RuntimeException e) { // what an application's class throws
                return null;
            }
        }
        return at;
    }

    /** The number at the end, {@link Gauges#UNKNOWN} if there is none. */
    static long number(@Nullable MemberPath path, Object from) {
        return path != null && path.follow(from) instanceof Number number ? number.longValue() : Gauges.UNKNOWN;
    }

    /** The member that a class declares or inherits; one that cannot be opened counts as missing. */
    static @Nullable Member find(Class<?> type, String name) {
        try {
            Method method = type.getMethod(name);
            if (method.trySetAccessible()) {
                return method;
            }
        } catch (NoSuchMethodException | SecurityException e) {
            // not public, or a field
        }
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            try {
                AccessibleObject found = declared(at, name);
                if (found != null && found.trySetAccessible()) {
                    return (Member) found;
                }
            } catch (LinkageError | RuntimeException e) { // a type that its members mention is missing
                StallsightHook.suppress(e);
                return null;
            }
        }
        return null;
    }

    private static @Nullable AccessibleObject declared(Class<?> type, String name) {
        try {
            return type.getDeclaredField(name);
        } catch (NoSuchFieldException notAField) {
            try {
                return type.getDeclaredMethod(name);
            } catch (NoSuchMethodException neither) {
                return null;
            }
        }
    }
}
