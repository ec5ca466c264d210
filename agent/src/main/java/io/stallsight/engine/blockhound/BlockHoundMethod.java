package io.stallsight.engine.blockhound;

import io.stallsight.engine.catalog.entry.MethodPattern;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A blocking method, by the name that BlockHound's callback receives. The hook may be in another method, see
 * {@link io.stallsight.engine.catalog.rule.PolicyRule}.
 *
 * @param className with dots
 * @param descriptor as in class files
 * @param virtual whether a virtual thread that passes the hook also runs this method
 */
record BlockHoundMethod(String className, String name, String descriptor, boolean virtual) {

    private static final StackWalker CALLERS = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** @param text in the form of {@link #text} */
    static BlockHoundMethod parse(String text, boolean virtual) {
        int hash = text.indexOf('#');
        int open = text.indexOf('(');
        return new BlockHoundMethod(
                text.substring(0, hash), text.substring(hash + 1, open), text.substring(open), virtual);
    }

    /** Returns class, name and descriptor: {@code java.io.FileInputStream#readBytes([BII)I}. */
    String text() {
        return className + "#" + name + descriptor;
    }

    MethodPattern pattern() {
        int close = descriptor.indexOf(')');
        return new MethodPattern(
                name, descriptor.substring(0, close + 1), descriptor.substring(close + 1), name + descriptor);
    }

    /**
     * Returns the modifiers of the method, or 0 if it cannot be found. Must be called while the current thread is in
     * the method: a class of the application is found on the stack.
     */
    int modifiers() {
        Class<?> owner = owner();
        if (owner == null) {
            return 0;
        }
        try {
            for (Method method : owner.getDeclaredMethods()) {
                MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
                if (method.getName().equals(name)
                        && type.toMethodDescriptorString().equals(descriptor)) {
                    return method.getModifiers();
                }
            }
        } catch (LinkageError missingTypes) {
            return Modifier.PUBLIC;
        }
        return 0;
    }

    private @Nullable Class<?> owner() {
        try {
            return Class.forName(className, false, null);
        } catch (ClassNotFoundException notInBootLoader) {
            Optional<? extends Class<?>> found =
                    CALLERS.walk(frames -> frames.map(StackWalker.StackFrame::getDeclaringClass)
                            .filter(type -> type.getName().equals(className))
                            .findFirst());
            return found.orElse(null);
        }
    }
}
