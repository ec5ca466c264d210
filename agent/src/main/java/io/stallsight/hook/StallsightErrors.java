package io.stallsight.hook;

/**
 * The errors of the agent that the hooks kept from the application. Any thread calls it.
 *
 * <p>Of the first error a text is kept for a bug report, not the error itself: a stack trace refers to the classes in
 * it, and so it would keep the class loader of an application that is undeployed.
 */
public final class StallsightErrors {

    private static final java.util.concurrent.atomic.AtomicLong COUNT = new java.util.concurrent.atomic.AtomicLong();
    /** Frames of the first error that its text has. */
    private static final int MAX_FRAMES = 12;

    private static volatile String first;

    private StallsightErrors() {}

    /** Counts an error of the agent. Allocates only for the first one. */
    public static void suppress(Throwable error) {
        if (COUNT.getAndIncrement() == 0) {
            first = error.getClass().getName(); // in case that the thread is out of memory or of stack
            try {
                first = describe(error);
            } catch (Throwable outOfMemoryOrStack) {
                return; // the name of the class has to do
            }
        }
    }

    /** Methods of an application's class are not called: they may block, or throw. */
    private static String describe(Throwable error) {
        StringBuilder text = new StringBuilder(error.getClass().getName());
        if (error.getClass().getClassLoader() != null) {
            return text.toString();
        }
        if (error.getMessage() != null) {
            text.append(": ").append(error.getMessage());
        }
        StackTraceElement[] stack = error.getStackTrace();
        for (int i = 0; i < stack.length && i < MAX_FRAMES; i++) {
            text.append(i == 0 ? " at " : " < ").append(stack[i].getClassName());
            text.append('.').append(stack[i].getMethodName()).append(':').append(stack[i].getLineNumber());
        }
        return text.toString();
    }

    /** The number of errors since the first attach to this JVM. */
    public static long suppressed() {
        return COUNT.get();
    }

    /** The first error as a text of one line, for a bug report; null if there was none. */
    public static String first() {
        return first;
    }

    /** Throws {@code error}, of whichever type; a caller writes {@code throw} in front for the compiler. */
    @SuppressWarnings("unchecked")
    static <T extends Throwable> RuntimeException sneaky(Throwable error) throws T {
        throw (T) error;
    }
}
