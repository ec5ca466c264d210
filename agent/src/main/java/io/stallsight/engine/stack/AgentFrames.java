package io.stallsight.engine.stack;

import io.stallsight.hook.StallsightHook;
import java.util.ArrayList;
import java.util.List;

/** Tells frames of the agent from those of the application, the libraries and the JDK. */
public final class AgentFrames {

    private static final String ENGINE = "io.stallsight.engine.";

    private static final String HOOK = StallsightHook.class.getName().replace("Hook", "");

    private AgentFrames() {}

    /**
     * Whether the class is part of the woven code or of the engine; the stand-ins for native methods are among them.
     */
    public static boolean isAgent(String className) {
        return className.startsWith(ENGINE) || className.startsWith(HOOK);
    }

    /** Whether a hook, or code that it calls, is on the stack. */
    public static boolean anyOfAgent(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (isAgent(frame.getClassName())) {
                return true;
            }
        }
        return false;
    }

    /** The stack without frames of the agent. */
    public static List<StackTraceElement> withoutAgent(StackTraceElement[] stack) {
        List<StackTraceElement> kept = new ArrayList<>(stack.length);
        for (StackTraceElement frame : stack) {
            if (!isAgent(frame.getClassName())) {
                kept.add(frame);
            }
        }
        return kept;
    }
}
