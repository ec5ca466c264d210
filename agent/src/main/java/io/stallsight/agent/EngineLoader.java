package io.stallsight.agent;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Loads the engine and its dependencies from {@code engine/} in the agent jar, where no other loader looks.
 *
 * <pre>
 *   boot      java.lang.Stallsight*  (hooks)      platform
 *                 ^                                  ^  ^
 *                 |            +---------------------+  +-- system: application, io.stallsight.agent, .api
 *                 |            |                                         ^
 *                 +------ EngineLoader: io.stallsight.engine.*, Byte Buddy, picocli, ... (api only) ---+
 * </pre>
 *
 * Own classes come first, then the platform's; of the application's loader only {@code io.stallsight.api} is seen, and
 * the attach API, which the JDK keeps there. Class files are stored as {@code .classdata}, so that no scanner of the
 * application's class path takes them for classes.
 */
final class EngineLoader extends ClassLoader implements AutoCloseable {

    private static final String FOLDER = "engine/";

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader application;
    private final JarFile jar;

    private EngineLoader(JarFile jar, ClassLoader application) {
        super("stallsight", ClassLoader.getPlatformClassLoader());
        this.jar = jar;
        this.application = application;
    }

    /** The loader over the jar that this class comes from. */
    static EngineLoader open() throws IOException {
        return new EngineLoader(new JarFile(agentJar(), false), EngineLoader.class.getClassLoader());
    }

    static File agentJar() throws IOException {
        try {
            return new File(EngineLoader.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the agent jar cannot be found: " + e.getMessage());
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = find(name);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    private Class<?> find(String name) throws ClassNotFoundException {
        if (name.startsWith("java.")) {
            return getParent().loadClass(name);
        }
        if (name.startsWith("io.stallsight.api.") || name.startsWith("com.sun.tools.attach.")) {
            return application.loadClass(name);
        }
        byte[] bytes = bytes(name.replace('.', '/') + ".classdata");
        return bytes == null ? getParent().loadClass(name) : defineClass(name, bytes, 0, bytes.length);
    }

    private byte @Nullable [] bytes(String resource) {
        JarEntry entry = jar.getJarEntry(FOLDER + resource);
        if (entry == null) {
            return null;
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("the agent jar cannot be read: " + e.getMessage());
        }
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        String stored = name.endsWith(".class") ? name + "data" : name;
        byte[] bytes = bytes(stored);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    @Override
    public @Nullable URL getResource(String name) {
        return null;
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }
}
