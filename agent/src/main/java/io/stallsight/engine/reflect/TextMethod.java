package io.stallsight.engine.reflect;

import io.stallsight.engine.memory.ClassMap;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * A method that takes a text, at the end of a path: {@code tracer.currentSpan.annotate}. What cannot be found, or
 * throws, is left.
 */
final class TextMethod {

    private final @Nullable MemberPath receiver;
    private final ClassMap<Found> methods;

    private record Found(@Nullable Method method) {}

    TextMethod(String path) {
        int last = path.lastIndexOf('.');
        String name = path.substring(last + 1);
        receiver = last < 0 ? null : MemberPath.to(path.substring(0, last));
        methods = new ClassMap<>(type -> new Found(find(type, name)));
    }

    void call(Object from, String text) {
        Object at = receiver == null ? from : receiver.follow(from);
        Method method = at == null ? null : methods.get(at.getClass()).method;
        if (method == null) {
            return;
        }
        try {
            method.invoke(at, text);
        } catch (ReflectiveOperationException | RuntimeException e) { // what an application's class throws
            return;
        }
    }

    /** The class may be hidden in a module that exports only its interface. */
    private static @Nullable Method find(Class<?> type, String name) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            Method method = declared(at, name);
            if (method != null) {
                return method;
            }
            for (Class<?> named : at.getInterfaces()) {
                Method inherited = find(named, name);
                if (inherited != null) {
                    return inherited;
                }
            }
        }
        return null;
    }

    private static @Nullable Method declared(Class<?> type, String name) {
        try {
            Method method = type.getMethod(name, String.class);
            return method.trySetAccessible() ? method : null;
        } catch (NoSuchMethodException | LinkageError e) { // a type that its members mention may be missing
            return null;
        }
    }
}
