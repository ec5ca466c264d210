package io.stallsight.engine.blockhound;

import io.stallsight.engine.thread.AgentThread;
import java.util.function.Consumer;

/**
 * Finds BlockHound integrations in the class loaders of the application, and adopts their settings. All their code runs
 * on the thread {@code stallsight-blockhound}.
 */
public final class Integrations {

    private static final long STOP_TIMEOUT_MILLIS = 1_000;

    private final ApplicationLoaders loaders;
    private final BlockHoundSupport adopter;
    private final Consumer<String> warnings;
    private final AgentThread thread = AgentThread.lasting("blockhound", this::work);
    private volatile boolean stopped;

    /**
     * Creates an instance that is not started.
     *
     * @param adopter receives the settings of the integrations
     * @param warnings receives lines for the user
     */
    public Integrations(ApplicationLoaders loaders, BlockHoundSupport adopter, Consumer<String> warnings) {
        this.loaders = loaders;
        this.adopter = adopter;
        this.warnings = warnings;
    }

    /** Starts the thread. */
    public void start() {
        loaders.enqueue(ClassLoader.getSystemClassLoader());
        thread.start();
    }

    /** Ends the thread. Waits at most one second for that. */
    public void stop() throws InterruptedException {
        stopped = true;
        loaders.wakeUp();
        thread.join(STOP_TIMEOUT_MILLIS);
    }

    private void work() {
        while (!stopped) {
            ClassLoader loader = loaders.await();
            if (loader != null) {
                adopter.sweep(); // an application that comes may replace one that is gone
                try {
                    new LoaderIntegrations(loader, adopter, warnings).apply();
                } catch (Throwable t) {
                    warnings.accept("cannot read the BlockHound integrations of a "
                            + loader.getClass().getName() + ": " + LoaderIntegrations.cause(t));
                }
            }
        }
    }
}
