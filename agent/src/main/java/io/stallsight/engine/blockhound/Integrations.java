package io.stallsight.engine.blockhound;

import io.stallsight.engine.thread.AgentThread;
import java.lang.ref.WeakReference;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds BlockHound integrations in the class loaders of the application, and adopts their settings. All their code runs
 * on the thread {@code stallsight-blockhound}.
 *
 * <p>It waits until the application starts its first thread. Before that there is no loop that an integration could
 * describe. And integrations initialize classes of libraries, which read system properties: the application must have
 * the time to set these first.
 */
public final class Integrations {

    private static final long STOP_TIMEOUT_MILLIS = 1_000;

    private final List<String> libraries;
    private final Consumer<String> warnings;
    private final AgentThread thread = new AgentThread("blockhound", this::work);
    private final Set<ClassLoader> known = Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));
    private final Queue<WeakReference<ClassLoader>> queue = new ConcurrentLinkedQueue<>();
    private @Nullable BlockHoundSupport support;
    private volatile boolean applicationRuns;
    private volatile boolean stopped;

    /**
     * Creates an instance that is not started.
     *
     * @param libraries class name prefixes of the libraries in the catalog
     * @param warnings receives lines for the user
     */
    public Integrations(List<String> libraries, Consumer<String> warnings) {
        this.libraries = List.copyOf(libraries);
        this.warnings = warnings;
    }

    /**
     * Starts the thread.
     *
     * @param adopter receives the settings of the integrations
     * @param running whether the application runs already, because the agent was attached later
     */
    public void start(BlockHoundSupport adopter, boolean running) {
        support = adopter;
        applicationRuns |= running;
        ClassLoader system = ClassLoader.getSystemClassLoader();
        if (known.add(system)) {
            enqueue(system);
        }
        thread.start();
    }

    /** Ends the thread. Waits at most one second for that. */
    public void stop() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join(STOP_TIMEOUT_MILLIS);
    }

    /** Called when the application starts a thread, on a thread of the application. */
    public void threadStarting() {
        if (!applicationRuns) {
            applicationRuns = true;
            LockSupport.unpark(thread);
        }
    }

    /** Called while a class is loaded, on the loading thread: only queues the loader. */
    public void loading(String className, @Nullable ClassLoader loader) {
        if (loader == null || isIgnored(loader)) {
            return;
        }
        // A loader of an unknown type may react badly to a request for a service file that it does not expect. It gets
        // the request only after it has loaded a class of a library in the catalog.
        if ((loader instanceof URLClassLoader || isOfLibrary(className)) && known.add(loader)) {
            enqueue(loader);
        }
    }

    private void enqueue(ClassLoader loader) {
        queue.add(new WeakReference<>(loader));
        LockSupport.unpark(thread);
    }

    private boolean isOfLibrary(String className) {
        for (String prefix : libraries) {
            if (className.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIgnored(ClassLoader loader) {
        ClassLoader engine = Integrations.class.getClassLoader();
        return loader == engine
                || loader.getClass().getClassLoader() == engine
                || loader == ClassLoader.getPlatformClassLoader()
                // up to JDK 17, the JDK creates one for each method that is often called by reflection
                || loader.getClass().getName().equals("jdk.internal.reflect.DelegatingClassLoader");
    }

    private void work() {
        while (!stopped) {
            WeakReference<ClassLoader> next = applicationRuns ? queue.poll() : null;
            if (next == null) {
                LockSupport.park(this);
                continue;
            }
            ClassLoader loader = next.get();
            BlockHoundSupport adopter = support;
            if (loader != null && adopter != null) {
                try {
                    new LoaderIntegrations(loader, adopter, warnings).apply();
                } catch (Throwable t) {
                    warnings.accept("cannot read the BlockHound integrations of class loader " + loader + ": "
                            + LoaderIntegrations.cause(t));
                }
            }
        }
    }
}
