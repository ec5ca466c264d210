package io.stallsight.engine.blockhound;

import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The settings of a {@code reactor.blockhound.BlockHound$Builder}, read from its private fields.
 *
 * @param blocking descriptors of blocking methods, by class name (with slashes) and method name
 * @param allowances whether blocking is allowed inside a method, by class name (with dots) and method name
 * @param callback receives a {@code reactor.blockhound.BlockingMethod}
 * @param threads accepts threads that must not block
 * @param dynamic accepts threads for which {@code threads} must be evaluated at each call and not only once
 */
record BuilderContents(
        Map<String, Map<String, Set<String>>> blocking,
        Map<String, Map<String, Boolean>> allowances,
        Consumer<Object> callback,
        Predicate<Thread> threads,
        Predicate<Thread> dynamic) {

    @SuppressWarnings("unchecked") // BlockHound declares its fields with these types
    static BuilderContents of(Object builder) throws ReflectiveOperationException {
        return new BuilderContents(
                (Map<String, Map<String, Set<String>>>) read(builder, "blockingMethods"),
                (Map<String, Map<String, Boolean>>) read(builder, "allowances"),
                (Consumer<Object>) read(builder, "onBlockingMethod"),
                (Predicate<Thread>) read(builder, "threadPredicate"),
                dynamic(builder));
    }

    @SuppressWarnings("unchecked") // BlockHound declares its field with this type
    private static Predicate<Thread> dynamic(Object builder) throws ReflectiveOperationException {
        try {
            return (Predicate<Thread>) read(builder, "dynamicThreadPredicate");
        } catch (NoSuchFieldException before1_0_7) {
            return thread -> false;
        }
    }

    /** Returns all blocking methods, by {@link BlockHoundMethod#text}. The map belongs to the caller. */
    Map<String, BlockHoundMethod> methods() {
        Map<String, BlockHoundMethod> methods = new LinkedHashMap<>();
        blocking.forEach((className, byName) -> byName.forEach((name, descriptors) -> {
            for (String descriptor : descriptors) {
                BlockHoundMethod method = new BlockHoundMethod(className.replace('/', '.'), name, descriptor, true);
                methods.put(method.text(), method);
            }
        }));
        return methods;
    }

    /** Restores the builder's settings for threads to those of this record. */
    void restoreThreads(Object builder) throws ReflectiveOperationException {
        write(builder, "threadPredicate", threads);
        write(builder, "dynamicThreadPredicate", dynamic);
    }

    private static void write(Object builder, String name, Object value) throws ReflectiveOperationException {
        Field field = builder.getClass().getDeclaredField(name);
        field.setAccessible(true);
        field.set(builder, value);
    }

    private static Object read(Object builder, String name) throws ReflectiveOperationException {
        Field field = builder.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(builder);
    }
}
