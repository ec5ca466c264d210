package io.stallsight.engine.blockhound;

import io.stallsight.engine.thread.AgentThread;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the integrations for BlockHound that are in the class loaders of the application, and hands what they say to
 * {@link BlockHoundSupport}. Everything happens on a thread of the agent.
 *
 * <p>It begins when the application starts a thread: before that there is no loop about which an integration could say
 * something, and an application sets what its libraries read when they are initialised (system properties) first.
 */
public final class Integrations {

    private static final String SERVICE = "META-INF/services/reactor.blockhound.integration.BlockHoundIntegration";

    /** BlockHound's own integrations: the catalog knows their libraries, and one of them replaces System.out. */
    private static final String OWN = "reactor.blockhound.";

    private final List<String> libraries;
    private final Consumer<String> warnings;
    private final AgentThread thread = new AgentThread("blockhound", this::work);
    private final Set<ClassLoader> known = Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));
    private final Queue<WeakReference<ClassLoader>> noted = new ConcurrentLinkedQueue<>();
    private @Nullable BlockHoundSupport support;
    private volatile boolean begun;
    private volatile boolean stopped;

    /**
     * @param libraries prefixes of the classes of catalogued libraries
     * @param warnings takes what people should know
     */
    public Integrations(List<String> libraries, Consumer<String> warnings) {
        this.libraries = List.copyOf(libraries);
        this.warnings = warnings;
    }

    /** @param running whether the application runs already */
    public void start(BlockHoundSupport honours, boolean running) {
        support = honours;
        begun |= running;
        ClassLoader system = ClassLoader.getSystemClassLoader();
        if (known.add(system)) {
            note(system);
        }
        thread.start();
    }

    /** Ends the thread; waits for it no longer than a second. */
    public void stop() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join(1_000);
    }

    /** The application starts a thread. Called on its threads. */
    public void threadStarting() {
        if (!begun) {
            begun = true;
            LockSupport.unpark(thread);
        }
    }

    /** A class is loaded by {@code loader}. Called while it is, so the loader is only noted. */
    public void loading(String className, @Nullable ClassLoader loader) {
        if (loader == null || isOfNoInterest(loader)) {
            return;
        }
        // one of another kind may mind names that it does not expect, so it is asked when it has loaded a library
        if ((loader instanceof URLClassLoader || isOfLibrary(className)) && known.add(loader)) {
            note(loader);
        }
    }

    private void note(ClassLoader loader) {
        noted.add(new WeakReference<>(loader));
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

    private static boolean isOfNoInterest(ClassLoader loader) {
        ClassLoader engine = Integrations.class.getClassLoader();
        return loader == engine
                || loader.getClass().getClassLoader() == engine
                || loader == ClassLoader.getPlatformClassLoader()
                // one for each method that is often called by reflection, until JDK 17
                || loader.getClass().getName().equals("jdk.internal.reflect.DelegatingClassLoader");
    }

    private void work() {
        while (!stopped) {
            WeakReference<ClassLoader> next = begun ? noted.poll() : null;
            if (next == null) {
                LockSupport.park(this);
                continue;
            }
            ClassLoader loader = next.get();
            if (loader != null) {
                try {
                    apply(loader);
                } catch (Throwable t) {
                    warnings.accept(
                            "the BlockHound integrations of class loader " + loader + " cannot be read: " + cause(t));
                }
            }
        }
    }

    private void apply(ClassLoader loader) throws ReflectiveOperationException, IOException {
        List<String> names = names(loader);
        if (names.isEmpty()) {
            return;
        }
        IntegrationLoader copies = new IntegrationLoader(loader);
        Thread.currentThread().setContextClassLoader(loader); // as if a ServiceLoader of the application did it
        try {
            Object builder = copies.loadClass("reactor.blockhound.BlockHound")
                    .getMethod("builder")
                    .invoke(null);
            applyAll(names, copies, builder);
            support().honour(builder);
        } finally {
            Thread.currentThread().setContextClassLoader(null);
        }
    }

    private void applyAll(List<String> names, ClassLoader copies, Object builder) throws ReflectiveOperationException {
        Class<?> type = copies.loadClass("reactor.blockhound.integration.BlockHoundIntegration");
        List<Object> integrations = new ArrayList<>();
        for (String name : names) {
            try {
                integrations.add(type.cast(
                        copies.loadClass(name).getDeclaredConstructor().newInstance()));
            } catch (Throwable t) {
                skip(name, t);
            }
        }
        integrations.sort(null); // by their compareTo, as BlockHound does
        for (Object integration : integrations) {
            try {
                support()
                        .apply(
                                builder,
                                integration.getClass().getName(),
                                () -> type.getMethod("applyTo", builder.getClass())
                                        .invoke(integration, builder));
            } catch (Throwable t) {
                skip(integration.getClass().getName(), t);
            }
        }
    }

    private BlockHoundSupport support() {
        return Objects.requireNonNull(support);
    }

    private void skip(String name, Throwable failure) {
        warnings.accept("the BlockHound integration " + name + " is broken and left out: " + cause(failure));
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof InvocationTargetException && cause != null ? cause : failure;
    }

    /** The classes that the loader's service files name, without those of its parent. */
    private static List<String> names(ClassLoader loader) throws IOException {
        Set<String> parents = new LinkedHashSet<>();
        ClassLoader parent = loader.getParent();
        if (parent != null) {
            Collections.list(parent.getResources(SERVICE)).forEach(url -> parents.add(url.toString()));
        }
        Set<String> names = new LinkedHashSet<>();
        for (URL url : Collections.list(loader.getResources(SERVICE))) {
            if (parents.add(url.toString())) {
                URLConnection connection = url.openConnection();
                connection.setUseCaches(false); // a cached jar file would stay open after its loader is closed
                try (BufferedReader in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                    in.lines().map(Integrations::name).forEach(names::add);
                }
            }
        }
        names.removeIf(name -> name.isEmpty() || name.startsWith(OWN));
        return List.copyOf(names);
    }

    private static String name(String line) {
        int comment = line.indexOf('#');
        return (comment < 0 ? line : line.substring(0, comment)).trim();
    }
}
