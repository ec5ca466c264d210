package app.lifecycle;

import java.lang.instrument.Instrumentation;

/** An agent that has the {@link Instrumentation} of its JVM. */
public final class Instruments {

    private static Instrumentation instrumentation;

    private Instruments() {}

    /** Called by the JVM. */
    public static void premain(String arguments, Instrumentation ofJvm) {
        instrumentation = ofJvm;
    }

    static Instrumentation instrumentation() {
        return instrumentation;
    }
}
