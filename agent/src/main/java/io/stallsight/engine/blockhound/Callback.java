package io.stallsight.engine.blockhound;

import io.stallsight.engine.stack.AgentFrames;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls a builder's callback. An error that it throws gets the stack trace that it would have with BlockHound. */
final class Callback {

    private final Consumer<Object> callback;
    private final Constructor<?> methodType;
    private final Class<?> errorType;

    /** @param builder the builder; its loader also has BlockHound's other classes */
    Callback(Object builder, Consumer<Object> callback) throws ReflectiveOperationException {
        this.callback = callback;
        ClassLoader loader = builder.getClass().getClassLoader();
        methodType = Class.forName("reactor.blockhound.BlockingMethod", true, loader)
                .getConstructor(String.class, String.class, int.class);
        errorType = Class.forName("reactor.blockhound.BlockingOperationError", true, loader);
    }

    /** Reports a call that is about to begin. Returns the throwable that the callback threw, or null. */
    @Nullable
    Throwable call(BlockHoundMethod method) throws ReflectiveOperationException {
        Object described = methodType.newInstance(method.className(), method.name(), method.modifiers());
        try {
            callback.accept(described);
            return null;
        } catch (Throwable t) {
            if (errorType.isInstance(t)) {
                t.setStackTrace(trim(t.getStackTrace(), method));
            }
            return t;
        }
    }

    /**
     * Removes the frames of the callback and of the agent, so that the first frame is the blocking method. If the hook
     * is in a caller of the method, the stack does not contain the method, and its frame is added.
     */
    static StackTraceElement[] trim(StackTraceElement[] stack, BlockHoundMethod method) {
        int from = 0;
        while (from < stack.length && !AgentFrames.isAgent(stack[from].getClassName())) {
            from++;
        }
        while (from < stack.length && AgentFrames.isAgent(stack[from].getClassName())) {
            from++;
        }
        if (from == stack.length) {
            return stack;
        }
        if (is(stack[from], method)) {
            return Arrays.copyOfRange(stack, from, stack.length);
        }
        StackTraceElement[] trimmed = new StackTraceElement[stack.length - from + 1];
        trimmed[0] = frame(method);
        System.arraycopy(stack, from, trimmed, 1, stack.length - from);
        return trimmed;
    }

    private static boolean is(StackTraceElement frame, BlockHoundMethod method) {
        return frame.getClassName().equals(method.className())
                && frame.getMethodName().equals(method.name());
    }

    private static StackTraceElement frame(BlockHoundMethod method) {
        String outermost = method.className();
        int nested = outermost.indexOf('$');
        outermost = nested < 0 ? outermost : outermost.substring(0, nested);
        String file = outermost.substring(outermost.lastIndexOf('.') + 1) + ".java";
        return new StackTraceElement(null, "java.base", null, method.className(), method.name(), file, -1);
    }
}
