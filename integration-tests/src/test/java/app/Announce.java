package app;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Collects the calls that the agent must report; at the end, a thread that may block prints them. */
public final class Announce {

    private static final Queue<String> ANNOUNCED = new ConcurrentLinkedQueue<>();

    private Announce() {}

    /** The line after this call blocks the current thread for at least {@code millis} in {@code api}. */
    public static void nextLine(String api, long millis) {
        nextLine(api, millis, "");
    }

    /** As {@link #nextLine(String, long)}; the report's detail contains {@code detail}. */
    public static void nextLine(String api, long millis, String detail) {
        StackWalker.StackFrame caller = StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !frame.getClassName().equals(Announce.class.getName()))
                        .findFirst()
                        .orElseThrow());
        ANNOUNCED.add(Thread.currentThread().getName() + "|" + caller.getClassName() + "|" + caller.getMethodName()
                + "|" + (caller.getLineNumber() + 1) + "|" + api + "|" + millis + "|" + detail);
    }

    /** Prints a line for each announced call, then {@code DONE}. */
    public static void print() {
        ANNOUNCED.forEach(line -> System.out.println("BLOCKED " + line));
        System.out.println("DONE");
    }
}
