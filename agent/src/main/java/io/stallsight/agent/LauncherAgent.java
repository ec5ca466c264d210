package io.stallsight.agent;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * Receives the {@link Instrumentation} for {@code java -jar stallsight.jar check}. The JVM calls it before
 * {@link Main}, because the jar's manifest has a {@code Launcher-Agent-Class}. This avoids a self-attach and the
 * warnings that JDK 21 and later print for it.
 */
public final class LauncherAgent {

    private static @Nullable Instrumentation instrumentation;

    private LauncherAgent() {}

    public static void agentmain(@Nullable String arguments, Instrumentation inst) {
        instrumentation = inst;
    }

    static @Nullable Instrumentation instrumentation() {
        return instrumentation;
    }
}
