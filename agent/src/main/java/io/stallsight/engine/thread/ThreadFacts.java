package io.stallsight.engine.thread;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * What the JDK knows of a thread. A subclass of {@link Thread} may override {@code getId}, {@code getState} and
 * {@code getStackTrace}, and so make the agent throw, wait, or sample another thread. These methods call the JDK's own
 * implementation, whatever the subclass says. {@code Thread.threadId()}, which is final, exists since JDK 19 only.
 *
 * <p>Package {@code java.lang} must be open to the engine before this class is used.
 */
public final class ThreadFacts {

    private static final MethodHandle ID = ownMethod("getId", long.class);
    private static final MethodHandle STATE = ownMethod("getState", Thread.State.class);
    private static final MethodHandle STACK = ownMethod("getStackTrace", StackTraceElement[].class);

    private ThreadFacts() {}

    /** The method of {@link Thread} itself, as if by {@code super} in a subclass. */
    private static MethodHandle ownMethod(String name, Class<?> result) {
        try {
            return MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
                    .findSpecial(Thread.class, name, MethodType.methodType(result), Thread.class);
        } catch (ReflectiveOperationException closed) {
            throw new IllegalStateException("package java.lang is not open to the engine", closed);
        }
    }

    /** The name of the thread for reports. Virtual threads often have none: then it has the thread's number. */
    public static String name(Thread thread) {
        String name = thread.getName();
        return name.isEmpty() ? "unnamed-" + id(thread) : name;
    }

    /** The number by which the JVM and its management beans know the thread. */
    public static long id(Thread thread) {
        try {
            return (long) ID.invokeExact(thread);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    public static Thread.State state(Thread thread) {
        try {
            return (Thread.State) STATE.invokeExact(thread);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** The thread's stack at this moment, empty if it has none. A safepoint or handshake of the JVM. */
    public static StackTraceElement[] stack(Thread thread) {
        try {
            return (StackTraceElement[]) STACK.invokeExact(thread);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static RuntimeException unexpected(Throwable t) {
        if (t instanceof Error error) {
            throw error;
        }
        return t instanceof RuntimeException exception ? exception : new IllegalStateException(t);
    }
}
