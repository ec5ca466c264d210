package io.stallsight.junit;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Finds the annotations of a test, also where the class loader of the test has copies of their types: then it returns
 * an annotation of this loader's type with the same values. Otherwise the test would have no annotations at all, and
 * would be checked by the defaults.
 *
 * @param loader of the test's class; null for the boot loader
 */
record Annotations(@Nullable ClassLoader loader) {

    /** The annotation of the first element that has one. */
    <A extends Annotation> Optional<A> nearest(List<AnnotatedElement> elements, Class<A> type) {
        Class<? extends Annotation> copy = copyOf(type);
        for (AnnotatedElement element : elements) {
            Optional<? extends Annotation> found = AnnotationSupport.findAnnotation(element, copy);
            if (found.isPresent()) {
                return Optional.of(as(type, found.get()));
            }
        }
        return Optional.empty();
    }

    /** All annotations of a repeatable type. */
    <A extends Annotation> List<A> all(AnnotatedElement element, Class<A> type) {
        return AnnotationSupport.findRepeatableAnnotations(element, copyOf(type)).stream()
                .map(found -> as(type, found))
                .toList();
    }

    /** The type with this name that the test sees. */
    private Class<? extends Annotation> copyOf(Class<? extends Annotation> type) {
        try {
            return Class.forName(type.getName(), false, loader).asSubclass(Annotation.class);
        } catch (ClassNotFoundException | LinkageError absent) {
            return type;
        }
    }

    private static <A extends Annotation> A as(Class<A> type, Annotation found) {
        return type.isInstance(found)
                ? type.cast(found)
                : type.cast(Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> value(type, found, method, arguments)));
    }

    private static @Nullable Object value(
            Class<?> type, Annotation found, Method method, @Nullable Object @Nullable [] arguments)
            throws ReflectiveOperationException {
        if (method.getDeclaringClass() != type) {
            return method.getName().equals("annotationType") ? type : method.invoke(found, arguments);
        }
        return as(
                method.getReturnType(),
                found.annotationType().getMethod(method.getName()).invoke(found));
    }

    /** The value in a type of this loader: constants of an enum have their name in common with their copies. */
    private static Object as(Class<?> type, Object value) {
        if (value instanceof Enum<?> constant) {
            for (Object each : type.getEnumConstants()) {
                if (((Enum<?>) each).name().equals(constant.name())) {
                    return each;
                }
            }
            throw new SettingException(type.getSimpleName() + " has no " + constant.name(), constant.name());
        }
        if (!type.isArray()) {
            return value;
        }
        int length = Array.getLength(value);
        Object array = Array.newInstance(type.getComponentType(), length);
        for (int i = 0; i < length; i++) {
            Array.set(array, i, as(type.getComponentType(), Array.get(value, i)));
        }
        return array;
    }
}
