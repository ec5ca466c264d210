package io.stallsight.agent;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
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
    private final ZipFile jar;

    private EngineLoader(ZipFile jar, ClassLoader application) {
        super("stallsight", ClassLoader.getPlatformClassLoader());
        this.jar = jar;
        this.application = application;
    }

    /**
     * The loader over the jar that this class comes from.
     *
     * <p>The JDK shares one open file between all that read a jar with the same coding of names, see
     * {@code ZipFile.Source} in <a
     * href="https://github.com/openjdk/jdk/blob/jdk-17-ga/src/java.base/share/classes/java/util/zip/ZipFile.java">ZipFile.java</a>.
     * The application's loader reads the agent jar, too, and a hook of {@code RandomAccessFile.read} may be the first
     * to need some class of the engine: to load it would move the position of the read that is in progress, and the
     * application would not find its class. Hence a coding that nobody else has; all names are ASCII.
     */
    static EngineLoader open() throws IOException {
        return new EngineLoader(
                new ZipFile(agentJar(), StandardCharsets.ISO_8859_1), EngineLoader.class.getClassLoader());
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
        ZipEntry entry = jar.getEntry(FOLDER + resource);
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
