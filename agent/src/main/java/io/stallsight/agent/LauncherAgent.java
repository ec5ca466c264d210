package io.stallsight.agent;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** Gives {@code java -jar stallsight.jar check} its instrumentation, without a self-attach and its warnings. */
public final class LauncherAgent {

    private static @Nullable Instrumentation instrumentation;

    private LauncherAgent() {}

    public static void agentmain(@Nullable String arguments, Instrumentation given) {
        instrumentation = given;
    }

    static @Nullable Instrumentation instrumentation() {
        return instrumentation;
    }
}
