package io.stallsight.agent;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM calls. One engine at a time; whatever goes wrong, the application starts as if the agent were not there.
 */
public final class Agent {

    /** What the command line sends instead of options. */
    static final String DETACH = "--detach";

    /** The same, before a request to the engine that runs. */
    static final String REQUEST = "--request ";

    private static @Nullable EngineLoader loader;
    private static @Nullable Runnable stop;

    private Agent() {}

    /** {@code -javaagent}. */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation);
    }

    /** Attach to a running JVM. */
    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        if (DETACH.equals(arguments)) {
            stop();
        } else if (arguments != null && arguments.startsWith(REQUEST)) {
            request(arguments.substring(REQUEST.length()));
        } else {
            start(arguments, instrumentation);
        }
    }

    private static synchronized void start(@Nullable String arguments, Instrumentation instrumentation) {
        if (stop != null) {
            return; // the command line has said so before it came here
        }
        try {
            EngineLoader opened = EngineLoader.open();
            Method start = opened.loadClass("io.stallsight.engine.Bootstrap")
                    .getMethod("start", String.class, Instrumentation.class);
            stop = (Runnable) start.invoke(null, arguments, instrumentation);
            if (stop == null) {
                opened.close();
            } else {
                loader = opened;
            }
        } catch (Throwable t) {
            Throwable cause = t instanceof InvocationTargetException && t.getCause() != null ? t.getCause() : t;
            System.err.println("[stallsight] error: the agent could not start and stays off: " + cause);
        }
    }

    @SuppressWarnings("unchecked") // as the engine says
    private static synchronized void request(String request) {
        try {
            if (stop instanceof Consumer) {
                ((Consumer<String>) stop).accept(request);
            }
        } catch (Throwable t) {
            System.err.println("[stallsight] error: a request of the command line failed: " + t);
        }
    }

    private static synchronized void stop() {
        Runnable running = stop;
        EngineLoader opened = loader;
        stop = null;
        loader = null;
        try {
            if (running != null) {
                running.run();
            }
            if (opened != null) {
                opened.close();
            }
        } catch (Throwable t) {
            System.err.println("[stallsight] error: the agent could not stop cleanly: " + t);
        }
    }
}
