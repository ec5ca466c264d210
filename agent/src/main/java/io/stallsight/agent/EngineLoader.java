package io.stallsight.agent;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Loads the engine and its dependencies from the {@link EngineArchive} in the agent jar, where class path scanners of
 * the application do not find them. The package-info of this package draws the loaders.
 *
 * <p>It defines the classes of the archive itself, and asks the platform loader for all others. The system loader is
 * asked for {@code io.stallsight.api} and for the attach API only, whose module the JDK defines there.
 */
final class EngineLoader extends ClassLoader implements AutoCloseable {

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader application;
    private final EngineArchive archive;

    /** Of classes that are being loaded. The locks of {@link ClassLoader} itself stay for ever, 150 bytes each. */
    private final ConcurrentMap<String, Object> locks = new ConcurrentHashMap<>();

    private EngineLoader(EngineArchive archive, ClassLoader application) {
        super("stallsight", ClassLoader.getPlatformClassLoader());
        this.archive = archive;
        this.application = application;
    }

    /** Opens the jar that contains this class. */
    static EngineLoader open() throws IOException {
        return new EngineLoader(EngineArchive.open(agentJar()), EngineLoader.class.getClassLoader());
    }

    static File agentJar() throws IOException {
        try {
            return new File(EngineLoader.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("cannot find the agent jar: " + e.getMessage());
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        Class<?> loaded = findLoadedClass(name);
        if (loaded == null) {
            loaded = findOnce(name);
        }
        if (resolve) {
            resolveClass(loaded);
        }
        return loaded;
    }

    /** A thread that takes a lock after it has left the map finds the class loaded. */
    private Class<?> findOnce(String name) throws ClassNotFoundException {
        Object own = new Object();
        Object other = locks.putIfAbsent(name, own);
        Object lock = other == null ? own : other;
        synchronized (lock) {
            try {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? find(name) : loaded;
            } finally {
                locks.remove(name, lock);
            }
        }
    }

    private Class<?> find(String name) throws ClassNotFoundException {
        if (name.startsWith("java.")) {
            return getParent().loadClass(name);
        }
        if (name.startsWith("io.stallsight.api.") || name.startsWith("com.sun.tools.attach.")) {
            return application.loadClass(name);
        }
        byte[] bytes = bytes(name.replace('.', '/') + ".class");
        return bytes == null ? getParent().loadClass(name) : defineClass(name, bytes, 0, bytes.length);
    }

    /**
     * Null if the engine has no such file. Also after the close: a thread of the agent may still be at its last work.
     */
    private byte @Nullable [] bytes(String name) {
        try {
            return archive.read(name);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the agent jar: " + e.getMessage());
        }
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] bytes = bytes(name);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    /** Always null: no code of the engine needs the URL of a resource, and no URL can name a file in the archive. */
    @Override
    public @Nullable URL getResource(String name) {
        return null;
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
