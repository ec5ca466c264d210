package io.stallsight.engine.blockhound;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a {@code reactor.blockhound.BlockHound$Builder} was told.
 *
 * @param blocking methods by class name (with slashes) and name, with their descriptors
 * @param allowances by class name (with dots) and method: allowed or disallowed
 * @param callback takes a {@code reactor.blockhound.BlockingMethod}
 * @param threads which threads must not block; asked once for a thread, or at each call if {@code dynamic} says so
 */
record BuilderContents(
        Map<String, Map<String, Set<String>>> blocking,
        Map<String, Map<String, Boolean>> allowances,
        Consumer<Object> callback,
        Predicate<Thread> threads,
        Predicate<Thread> dynamic) {

    @SuppressWarnings("unchecked") // the types of BlockHound's fields
    static BuilderContents of(Object builder) throws ReflectiveOperationException {
        return new BuilderContents(
                (Map<String, Map<String, Set<String>>>) read(builder, "blockingMethods"),
                (Map<String, Map<String, Boolean>>) read(builder, "allowances"),
                (Consumer<Object>) read(builder, "onBlockingMethod"),
                (Predicate<Thread>) read(builder, "threadPredicate"),
                dynamic(builder));
    }

    @SuppressWarnings("unchecked") // the type of BlockHound's field
    private static Predicate<Thread> dynamic(Object builder) throws ReflectiveOperationException {
        try {
            return (Predicate<Thread>) read(builder, "dynamicThreadPredicate");
        } catch (NoSuchFieldException before107) {
            return thread -> false;
        }
    }

    /** Makes the builder forget what it was told of threads since these contents were read. */
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
