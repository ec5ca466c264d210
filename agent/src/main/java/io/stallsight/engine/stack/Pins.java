package io.stallsight.engine.stack;

import java.util.List;

/** Judges stacks of virtual threads that keep their carrier, of a running JVM and of recordings alike. */
final class Pins {

    /**
     * How the reason of a pin begins if another thread initialises a class that this one needs, see
     * {@code post_vthread_pinned_event} in <a
     * href="https://github.com/openjdk/jdk/blob/jdk-25-ga/src/hotspot/share/runtime/javaThread.cpp">javaThread.cpp</a>.
     * The stack does not have it: it ends at the line that uses the class.
     */
    private static final String WAITED_FOR_INITIALIZATION = "Waited for initialization of ";

    /**
     * How the reason begins if the virtual thread was in a critical section ({@code freeze_pinned_cs} of the JVM). Only
     * the JDK and the JVM have these: the JVM loads or links the class that the innermost line uses.
     */
    private static final String CRITICAL_SECTION = "Freeze or preempt failed (2)";

    private Pins() {}

    /**
     * The JVM keeps the carrier while it loads and initialises classes, and nobody is to blame for that. But a static
     * initialiser of the application that itself waits is the application's doing.
     *
     * @param reason of the JVM
     * @param allowed whether a rule allows to wait with this stack
     */
    static boolean isNobodys(List<StackTraceElement> stack, String reason, boolean allowed, Naming naming) {
        return reason.startsWith(WAITED_FOR_INITIALIZATION)
                || reason.startsWith(CRITICAL_SECTION)
                || allowed && !isOwnWait(stack, naming);
    }

    /** Whether there are only frames of the JDK between the wait and the innermost frame of the application. */
    private static boolean isOwnWait(List<StackTraceElement> stack, Naming naming) {
        for (StackTraceElement frame : stack) {
            if (!naming.isJdk(frame)) {
                return naming.isOutsideOfLibraries(frame.getClassName());
            }
        }
        return false;
    }
}
