package io.stallsight.hook;

/** The errors of the agent that the hooks kept from the application. Any thread calls it. */
public final class StallsightErrors {

    private static final java.util.concurrent.atomic.AtomicLong COUNT = new java.util.concurrent.atomic.AtomicLong();
    private static volatile Throwable first;

    private StallsightErrors() {}

    /** Counts an error of the agent. Allocates nothing, because the thread may be out of memory or of stack. */
    @SuppressWarnings("StaticAssignmentOfThrowable") // kept for the report at the end
    public static void suppress(Throwable error) {
        COUNT.getAndIncrement();
        if (first == null) {
            first = error;
        }
    }

    /** The number of errors since the first attach to this JVM. */
    public static long suppressed() {
        return COUNT.get();
    }

    /** The first error, for a bug report; null if there was none. */
    public static Throwable first() {
        return first;
    }

    /** Throws {@code error}, of whichever type; a caller writes {@code throw} in front for the compiler. */
    @SuppressWarnings("unchecked")
    static <T extends Throwable> RuntimeException sneaky(Throwable error) throws T {
        throw (T) error;
    }
}
