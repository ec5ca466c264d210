package io.stallsight.engine.stack;

import java.util.ArrayList;
import java.util.List;

/** Text of stack frames as people read them. */
public final class Frames {

    private Frames() {}

    /** {@code class.method(File.java:57)}, without loader and module, a lambda body under its method's name. */
    public static String describe(StackTraceElement frame) {
        String where = frame.isNativeMethod()
                ? "Native Method"
                : frame.getFileName() == null
                        ? "Unknown Source"
                        : frame.getLineNumber() >= 0
                                ? frame.getFileName() + ":" + frame.getLineNumber()
                                : frame.getFileName();
        return frame.getClassName() + "." + methodOf(frame) + "(" + where + ")";
    }

    /** The method that a frame belongs to in the source: {@code lambda$find$0} is {@code find}. */
    public static String methodOf(StackTraceElement frame) {
        String method = frame.getMethodName();
        if (!method.startsWith("lambda$")) {
            return method;
        }
        int end = method.lastIndexOf('$');
        if (end <= "lambda$".length()) {
            return method;
        }
        String enclosing = method.substring("lambda$".length(), end);
        return switch (enclosing) {
            case "new" -> "<init>";
            case "static" -> "<clinit>";
            default -> enclosing;
        };
    }

    /** Frames of woven code and engine; the stand-ins for natives are among them. */
    public static boolean isAgent(String className) {
        return className.startsWith("io.stallsight.engine.") || className.startsWith(HOOK_PREFIX);
    }

    /** Whether a hook, or what it calls, is on the stack. */
    public static boolean anyOfAgent(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (isAgent(frame.getClassName())) {
                return true;
            }
        }
        return false;
    }

    /** A stack without frames of woven code and engine. */
    public static List<StackTraceElement> withoutAgent(StackTraceElement[] stack) {
        List<StackTraceElement> kept = new ArrayList<>(stack.length);
        for (StackTraceElement frame : stack) {
            if (!isAgent(frame.getClassName())) {
                kept.add(frame);
            }
        }
        return kept;
    }

    private static final String HOOK_PREFIX =
            io.stallsight.hook.StallsightHook.class.getName().replace("Hook", "");
}
