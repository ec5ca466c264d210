package io.stallsight.engine.blockhound;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;

/**
 * A blocking method by the name under which BlockHound's callback is told of it.
 *
 * @param className with dots
 * @param descriptor as in class files
 * @param virtual whether a virtual thread is in it when it comes to the hook
 */
record KnownMethod(String className, String name, String descriptor, boolean virtual) {

    private static final StackWalker CALLERS = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** @param text {@code java.io.FileInputStream#readBytes([BII)I} */
    static KnownMethod parse(String text, boolean virtual) {
        int hash = text.indexOf('#');
        int open = text.indexOf('(');
        return new KnownMethod(text.substring(0, hash), text.substring(hash + 1, open), text.substring(open), virtual);
    }

    static String text(String className, String name, String descriptor) {
        return className + "#" + name + descriptor;
    }

    /** The modifiers of the method, as far as it can be found; asked while the current thread is in it. */
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
        } catch (LinkageError typesAreMissing) {
            return Modifier.PUBLIC;
        }
        return 0;
    }

    private @org.jspecify.annotations.Nullable Class<?> owner() {
        try {
            return Class.forName(className, false, null);
        } catch (ClassNotFoundException ofTheApplication) {
            Optional<? extends Class<?>> found =
                    CALLERS.walk(frames -> frames.map(StackWalker.StackFrame::getDeclaringClass)
                            .filter(type -> type.getName().equals(className))
                            .findFirst());
            return found.orElse(null);
        }
    }
}
