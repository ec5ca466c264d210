package io.stallsight.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The methods that the JVM calls to start, stop and control the agent. At most one engine runs at a time. No method
 * throws: an error is printed as one line on stderr, and the application goes on without the agent.
 */
public final class Agent {

    /** Argument with which the command line detaches the agent. */
    static final String DETACH = "--detach";

    /** Prefix of an argument with which the command line sends a request to the running engine. */
    static final String REQUEST = "--request ";

    /** Prefix of the name of a file that has the arguments: JDKs below 24 pass at most 1,024 bytes of them. */
    static final String FILE = "--arguments-in ";

    /** A request that opens the socket for further ones. */
    private static final String HELLO = "attach hello";

    private static @Nullable EngineLoader loader;
    private static @Nullable Runnable stop;

    private Agent() {}

    /**
     * Starts the agent for {@code -javaagent}. The JVM calls it on the main thread, before the application's
     * {@code main}.
     */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation);
    }

    /**
     * Starts the agent in a running JVM, stops it, or passes a request to it. The JVM calls it on its attach listener
     * thread.
     */
    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        if (DETACH.equals(arguments)) {
            stop();
        } else if (arguments != null && arguments.startsWith(REQUEST)) {
            request(arguments.substring(REQUEST.length()));
        } else if (arguments != null && arguments.startsWith(FILE)) {
            String text = read(arguments.substring(FILE.length()));
            if (text != null) {
                agentmain(text, instrumentation);
            }
        } else {
            start(arguments, instrumentation);
            // The JVM has printed its warning about a dynamic load. With the socket it prints no further one.
            request(HELLO);
        }
    }

    private static @Nullable String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (Exception e) {
            System.err.println("[stallsight] error: cannot read the arguments in " + file + ": " + e);
            return null;
        }
    }

    private static synchronized void start(@Nullable String arguments, Instrumentation instrumentation) {
        if (stop != null) {
            return; // already running; the command line has checked that and printed a message
        }
        EngineLoader opened = null;
        try {
            opened = EngineLoader.open();
            Method start = opened.loadClass("io.stallsight.engine.Bootstrap")
                    .getMethod("start", String.class, Instrumentation.class);
            stop = (Runnable) start.invoke(null, arguments, instrumentation);
            loader = opened;
        } catch (Throwable t) {
            Throwable cause = t instanceof InvocationTargetException && t.getCause() != null ? t.getCause() : t;
            System.err.println("[stallsight] error: the agent could not start and stays off: " + cause);
        }
        if (stop == null) {
            loader = null;
            close(opened);
        }
    }

    private static void close(@Nullable EngineLoader opened) {
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (IOException e) {
            System.err.println("[stallsight] error: the agent jar could not be closed: " + e);
        }
    }

    @SuppressWarnings("unchecked") // Bootstrap.start returns a Consumer<String>
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
        } catch (Throwable t) {
            System.err.println("[stallsight] error: the agent could not stop cleanly: " + t);
        }
        close(opened);
    }
}
