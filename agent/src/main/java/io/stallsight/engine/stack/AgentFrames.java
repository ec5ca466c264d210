package io.stallsight.engine.stack;

import io.stallsight.hook.StallsightHook;
import io.stallsight.hook.StallsightNatives;
import java.util.ArrayList;
import java.util.List;

/** Tells frames of the agent from those of the application, the libraries and the JDK. */
public final class AgentFrames {

    /** The engine, its class loader, and the packages that it shares with the API. */
    private static final List<String> PACKAGES =
            List.of("io.stallsight.engine.", "io.stallsight.agent.", "io.stallsight.frame.", "io.stallsight.text.");

    private static final String ROOT = "io.stallsight.";

    /** The class loader of the engine, and of libraries that the engine has for itself. */
    private static final String LOADER = "stallsight";

    private static final String HOOK = StallsightHook.class.getName().replace("Hook", "");

    private static final String STAND_INS = StallsightNatives.class.getName();

    private AgentFrames() {}

    /**
     * Whether the class is part of the woven code or of the engine; the stand-ins for native methods are among them.
     */
    public static boolean isAgent(String className) {
        return className.startsWith(HOOK) || className.startsWith(ROOT) && isOfEngine(className);
    }

    private static boolean isOfEngine(String className) {
        for (String prefix : PACKAGES) {
            if (className.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the frame is of the agent, or of a library that the engine has for itself: ASM runs on the thread that
     * loads a class.
     */
    private static boolean isAgent(StackTraceElement frame) {
        return LOADER.equals(frame.getClassLoaderName()) || isAgent(frame.getClassName());
    }

    /** Whether a hook, or code that it calls, is on the stack. */
    public static boolean anyOfAgent(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (isAgent(frame)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the thread runs code of the agent at this moment, or of the JDK for it. A stand-in for a native method is
     * on the stack of the application's own call.
     */
    public static boolean isWorking(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (isAgent(frame)) {
                return !frame.getClassName().equals(STAND_INS);
            }
            if (!isJdk(frame.getClassName())) {
                return false;
            }
        }
        return false;
    }

    private static boolean isJdk(String className) {
        return className.startsWith("java.")
                || className.startsWith("jdk.")
                || className.startsWith("sun.")
                || className.startsWith("com.sun.");
    }

    /** The stack without frames of the agent, of this or another thread. It may be kept. */
    public static List<StackTraceElement> withoutAgent(StackTraceElement[] stack) {
        List<StackTraceElement> kept = new ArrayList<>(stack.length);
        for (StackTraceElement frame : stack) {
            if (!isAgent(frame)) {
                kept.add(withoutClass(frame));
            }
        }
        return kept;
    }

    /**
     * The same frame, but it may be kept. The frames of another thread's stack refer to their classes: the JVM sets a
     * private field {@code declaringClassObject}, which JDK 17 clears only in the frames of a {@code Throwable} and of
     * a {@code StackWalker}. A stall that is kept for the page would keep the class loader of an undeployed
     * application.
     */
    public static StackTraceElement withoutClass(StackTraceElement frame) {
        return new StackTraceElement(
                frame.getClassLoaderName(),
                frame.getModuleName(),
                frame.getModuleVersion(),
                frame.getClassName(),
                frame.getMethodName(),
                frame.getFileName(),
                frame.getLineNumber());
    }
}
