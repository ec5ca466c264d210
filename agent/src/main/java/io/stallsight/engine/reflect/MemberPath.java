package io.stallsight.engine.reflect;

import io.stallsight.engine.memory.ClassMap;
import io.stallsight.hook.StallsightErrors;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path over fields and methods without parameters. Each name is resolved once for a class and followed often. A path
 * that cannot be resolved or followed leads to null. {@code properties[name]} is what the map of that member has for
 * the key.
 */
public final class MemberPath {

    /** A key may have dots. */
    private static final Pattern BETWEEN_NAMES = Pattern.compile("\\.(?![^\\[]*\\])");

    private final List<Step> steps;

    /** @param key in the map that the member holds; null if the member itself is meant */
    private record Step(ClassMap<Found> members, @Nullable String key) {}

    private record Found(@Nullable Member member) {}

    /** One for each name: paths come from the catalog, but an object may have paths of its own. */
    private static final Map<String, ClassMap<Found>> STEPS = new ConcurrentHashMap<>();

    private static Step step(String text) {
        int bracket = text.indexOf('[');
        String name = bracket < 0 ? text : text.substring(0, bracket);
        String key = bracket < 0 ? null : text.substring(bracket + 1, text.length() - 1);
        return new Step(
                STEPS.computeIfAbsent(name, member -> new ClassMap<>(type -> new Found(find(type, member)))), key);
    }

    private MemberPath(List<Step> steps) {
        this.steps = steps;
    }

    /** Null if {@code path} is null. */
    public static @Nullable MemberPath of(@Nullable String path) {
        return path == null ? null : to(path);
    }

    static MemberPath to(String path) {
        List<Step> steps = new ArrayList<>();
        for (String name : BETWEEN_NAMES.split(path, -1)) {
            steps.add(step(name));
        }
        return new MemberPath(steps);
    }

    /** Whether the path is one field, or nothing, for objects of that class: no method is called. */
    public boolean isFieldOf(Class<?> type) {
        return steps.size() == 1 && !(steps.get(0).members.get(type).member instanceof Method);
    }

    @Nullable
    public Object follow(Object from) {
        Object at = from;
        for (Step step : steps) {
            if (at == null) {
                return null;
            }
            Member member = step.members.get(at.getClass()).member;
            try {
                at = member instanceof Method method
                        ? method.invoke(at)
                        : member instanceof Field field ? field.get(at) : null;
                if (step.key != null) {
                    at = at instanceof Map<?, ?> map ? map.get(step.key) : null;
                }
            } catch (ReflectiveOperationException | RuntimeException e) { // what an application's class throws
                return null;
            }
        }
        return at;
    }

    /** The number at the end, {@link Gauges#UNKNOWN} if there is none. */
    public static long number(@Nullable MemberPath path, Object from) {
        return path != null && path.follow(from) instanceof Number number ? number.longValue() : Gauges.UNKNOWN;
    }

    /** The member that a class declares or inherits; one that cannot be opened counts as missing. */
    public static @Nullable Member find(Class<?> type, String name) {
        try {
            Method method = type.getMethod(name);
            if (method.trySetAccessible()) {
                return method;
            }
        } catch (NoSuchMethodException notPublic) {
            // or a field
        } catch (LinkageError | RuntimeException e) { // a type that its members mention is missing
            return missing(type, e);
        }
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            try {
                AccessibleObject found = declared(at, name);
                if (found != null && found.trySetAccessible()) {
                    return (Member) found;
                }
            } catch (LinkageError | RuntimeException e) {
                return missing(type, e);
            }
        }
        return null;
    }

    private static @Nullable Member missing(Class<?> type, Throwable failure) {
        if (!ClosedLoaders.isClosed(type)) {
            StallsightErrors.suppress(failure);
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
