package io.stallsight.engine;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.CatalogReader;
import io.stallsight.engine.catalog.entry.CatalogException;
import io.stallsight.engine.check.Check;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.config.ConfigException;
import io.stallsight.engine.config.ConfigReader;
import io.stallsight.engine.config.Mode;
import io.stallsight.engine.config.ServedRequests;
import io.stallsight.engine.instrument.HookInjector;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happens before the hooks exist. Apart from {@link Engine}, as a class that mentions a hook can be loaded only
 * when the hooks are defined.
 */
public final class Bootstrap {

    private static final int HOOK_PROTOCOL = io.stallsight.hook.StallsightHook.PROTOCOL; // a constant, no link

    private Bootstrap() {}

    /**
     * Starts the agent.
     *
     * @return what stops it, and a {@code Consumer<String>} of requests; null if it stays off
     */
    public static @Nullable Runnable start(@Nullable String arguments, Instrumentation instrumentation)
            throws IllegalAccessException, IOException {
        AgentStatus status = new AgentStatus(instrumentation);
        status.set("starting"); // else the command line would read the result of the attempt before
        try {
            Config config = ConfigReader.read(arguments, System.getProperties(), System.getenv(), Path.of(""));
            if (config.mode() == Mode.OFF) {
                status.set("off");
                return null;
            }
            if (ArchiveRun.isRunning(instrumentation)) {
                System.err.println("[stallsight] This JVM records classes for an AOT cache or a CDS archive, which"
                        + " cannot contain what an agent changes. The agent stays off. It works in runs that use the"
                        + " archive.");
                status.set("off");
                return null;
            }
            Catalog catalog = catalog(config.catalog(), config.requests());
            HookInjector.inject(instrumentation, HOOK_PROTOCOL);
            Attachment engine = Engine.start(config, catalog, instrumentation, status);
            try {
                Attached attached = new Attached(engine, status);
                status.set("active");
                return attached;
            } catch (RuntimeException | Error e) {
                engine.stop();
                throw e;
            }
        } catch (ConfigException | CatalogException | IllegalStateException e) {
            System.err.println("[stallsight] " + e.getMessage() + ". The agent stays off.");
            status.set("refused: " + e.getMessage());
            return null;
        } catch (IllegalAccessException | IOException | RuntimeException | Error e) {
            status.set("failed: " + e);
            throw e;
        }
    }

    /** Defines the hooks in the command line's own JVM, as classes of the engine need them to be there. */
    public static void prepare(Instrumentation instrumentation) throws IllegalAccessException, IOException {
        HookInjector.inject(instrumentation, HOOK_PROTOCOL);
    }

    /** Runs the self-test in this JVM; returns whether every hook works. */
    public static boolean check(Instrumentation instrumentation, PrintStream out)
            throws IllegalAccessException, IOException, InterruptedException {
        Catalog catalog = catalog(null, ServedRequests.ON);
        HookInjector.inject(instrumentation, HOOK_PROTOCOL);
        return Check.run(instrumentation, catalog, out);
    }

    /** The catalog for the running JDK. */
    public static Catalog catalog(@Nullable Path further, ServedRequests requests) {
        Set<String> without = requests == ServedRequests.ON ? Set.of() : Set.of("request", "traces");
        CatalogReader reader = new CatalogReader(Runtime.version().feature(), without).readBuiltIn();
        if (further != null) {
            reader.readFile(further);
        }
        reader.deprecations().forEach(line -> System.err.println("[stallsight] " + line));
        return reader.catalog();
    }
}
