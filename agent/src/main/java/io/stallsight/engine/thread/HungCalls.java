package io.stallsight.engine.thread;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Methods of the application that did not return to a thread of the agent. Thread-safe. */
public final class HungCalls {

    /** Further ones are logged, but not kept. */
    private static final int MAX_KEPT = 100;

    private static final List<HungCall> ALL = new CopyOnWriteArrayList<>();
    private static final Queue<HungCall> NEW = new ConcurrentLinkedQueue<>();

    private HungCalls() {}

    /**
     * One of them.
     *
     * @param method of the application
     * @param consequence what is not observed any more
     */
    public record HungCall(String method, String consequence) {

        /** For the log. */
        public String text() {
            return "a method of the application did not return to the agent and is not called again: " + method + "; "
                    + consequence;
        }
    }

    /** @param stack of the thread that hangs, innermost first */
    static void add(StackTraceElement[] stack, String consequence) {
        HungCall call = new HungCall(method(stack), consequence);
        NEW.add(call);
        if (ALL.size() < MAX_KEPT) {
            ALL.add(call);
        }
    }

    /** The innermost method that is not the JDK's. */
    static String method(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if (!name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("sun.")) {
                return name + '.' + frame.getMethodName();
            }
        }
        return "unknown";
    }

    /** The next one for the log, once; null if there is none. */
    public static @Nullable HungCall poll() {
        return NEW.poll();
    }

    /** Those of this attach. */
    public static List<HungCall> all() {
        return List.copyOf(ALL);
    }
}
