package io.stallsight.engine.reflect;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path over public methods without parameters, as their classes declare them; the last method may take one text.
 *
 * <p>Unlike {@link MemberPath}, it is resolved when it is made. To resolve it for the classes of the objects would load
 * the types of all their methods on a thread of the application, which may wait for the lock of a class loader then.
 */
final class PublicPath {

    private final List<MethodHandle> steps;

    private PublicPath(List<MethodHandle> steps) {
        this.steps = steps;
    }

    /**
     * A path to what the last method returns.
     *
     * @param from the type that the path begins with
     * @throws ReflectiveOperationException if a method is missing, or not accessible
     */
    static PublicPath to(Class<?> from, String path) throws ReflectiveOperationException {
        return resolve(from, path, List.of());
    }

    /**
     * A path whose last method takes a text.
     *
     * @throws ReflectiveOperationException as {@link #to}
     */
    static PublicPath toTextMethod(Class<?> from, String path) throws ReflectiveOperationException {
        return resolve(from, path, List.of(String.class));
    }

    private static PublicPath resolve(Class<?> from, String path, List<Class<?>> parametersOfLast)
            throws ReflectiveOperationException {
        List<MethodHandle> steps = new ArrayList<>();
        Class<?> at = from;
        String[] names = path.split("\\.", -1);
        for (int i = 0; i < names.length; i++) {
            List<Class<?>> parameters = i == names.length - 1 ? parametersOfLast : List.of();
            Method method = at.getMethod(names[i], parameters.toArray(Class<?>[]::new));
            MethodType type = MethodType.methodType(Object.class, Object.class);
            steps.add(MethodHandles.publicLookup().unreflect(method).asType(type.appendParameterTypes(parameters)));
            at = method.getReturnType();
        }
        return new PublicPath(steps);
    }

    /** What the path leads to; null if something on the way is null. */
    @Nullable
    Object follow(Object from) throws Throwable {
        Object at = from;
        for (MethodHandle step : steps) {
            if (at == null) {
                return null;
            }
            at = (Object) step.invokeExact(at);
        }
        return at;
    }

    /** Calls the last method with {@code text}, unless something on the way is null. */
    void call(Object from, String text) throws Throwable {
        Object at = from;
        for (MethodHandle step : steps.subList(0, steps.size() - 1)) {
            if (at == null) {
                return;
            }
            at = (Object) step.invokeExact(at);
        }
        if (at != null) {
            Object unused = (Object) steps.get(steps.size() - 1).invokeExact(at, text);
        }
    }
}
