package io.stallsight.engine.blockhound;

import io.stallsight.engine.memory.WeakIdentitySet;
import io.stallsight.engine.thread.Doorbell;
import java.lang.ref.WeakReference;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A queue of the application's class loaders: the threads that load classes put each loader in once, and one thread of
 * the agent takes it out.
 *
 * <p>That thread waits until the application starts its first thread. Before that there is no loop that an integration
 * could describe. And integrations initialize classes of libraries, which read system properties: the application must
 * have the time to set these first.
 */
public final class ApplicationLoaders {

    private final List<String> libraries;
    private final Doorbell bell = new Doorbell();
    private final WeakIdentitySet<ClassLoader> known = new WeakIdentitySet<>();
    private final Queue<WeakReference<ClassLoader>> queue = new ConcurrentLinkedQueue<>();
    private volatile boolean applicationRuns;

    /** @param libraries class name prefixes of the libraries in the catalog */
    public ApplicationLoaders(List<String> libraries) {
        this.libraries = List.copyOf(libraries);
    }

    /** Called when the application starts a thread, or if it runs already because the agent was attached later. */
    public void threadStarting() {
        if (!applicationRuns) {
            applicationRuns = true;
            bell.ring();
        }
    }

    /** Called while a class is loaded, on the loading thread: only queues the loader. */
    public void loading(String className, @Nullable ClassLoader loader) {
        if (loader == null || isIgnored(loader)) {
            return;
        }
        // A loader of an unknown type may react badly to a request for a service file that it does not expect. It gets
        // the request only after it has loaded a class of a library in the catalog.
        if (loader instanceof URLClassLoader || isOfLibrary(className)) {
            enqueue(loader);
        }
    }

    void enqueue(ClassLoader loader) {
        if (known.add(loader)) {
            queue.add(new WeakReference<>(loader));
            bell.ring();
        }
    }

    /** Waits for the next loader, on the thread of the agent; null if the wait ended without one. */
    @Nullable
    ClassLoader await() {
        WeakReference<ClassLoader> next = applicationRuns ? queue.poll() : null;
        if (next == null) {
            bell.await();
            return null;
        }
        return next.get();
    }

    /** Ends the wait of {@link #await}. */
    void wakeUp() {
        bell.ring();
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
        ClassLoader engine = ApplicationLoaders.class.getClassLoader();
        return loader == engine
                || loader.getClass().getClassLoader() == engine
                || loader == ClassLoader.getPlatformClassLoader()
                // up to JDK 17, the JDK creates one for each method that is often called by reflection
                || loader.getClass().getName().equals("jdk.internal.reflect.DelegatingClassLoader");
    }
}
