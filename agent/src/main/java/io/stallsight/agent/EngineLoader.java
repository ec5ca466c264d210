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
 * Loads the engine and its dependencies from the folder {@code engine/} of the agent jar. The package-info of this
 * package draws the loaders.
 *
 * <p>It defines the classes of that folder itself, and asks the platform loader for all others. The system loader is
 * asked for {@code io.stallsight.api} and for the attach API only, whose module the JDK defines there. Class files in
 * the folder end with {@code .classdata}, so that class path scanners of the application do not find them.
 */
final class EngineLoader extends ClassLoader implements AutoCloseable {

    private static final String FOLDER = "engine/";

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader application;
    private final ZipFile jar;
    private volatile boolean closed;

    private EngineLoader(ZipFile jar, ClassLoader application) {
        super("stallsight", ClassLoader.getPlatformClassLoader());
        this.jar = jar;
        this.application = application;
    }

    /**
     * Opens the jar that contains this class.
     *
     * <p>The charset of the file names is ISO 8859-1 on purpose. The JDK shares one open file, with one position, among
     * all {@code ZipFile}s of a jar that use the same charset (see {@code ZipFile.Source} in <a
     * href="https://github.com/openjdk/jdk/blob/jdk-17-ga/src/java.base/share/classes/java/util/zip/ZipFile.java">ZipFile.java</a>).
     * The system loader reads the agent jar as well, with UTF-8. With the same charset this would fail: the system
     * loader reads a class, the hook in {@code RandomAccessFile.read} needs a class of the engine for the first time,
     * this loader reads that class and moves the shared position, and the system loader then gets wrong bytes. All
     * names in the jar are ASCII, so both charsets read them alike.
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
            throw new IOException("cannot find the agent jar: " + e.getMessage());
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

    /**
     * A thread of the agent may still be at its last work when the loader is closed, on a busy machine. It gets its
     * class from a jar that is opened for this one read.
     */
    private byte @Nullable [] bytes(String resource) {
        try {
            if (!closed) {
                try {
                    return bytes(jar, resource);
                } catch (IllegalStateException closedMeanwhile) {
                    // it is opened again
                }
            }
            try (ZipFile again = new ZipFile(jar.getName(), StandardCharsets.ISO_8859_1)) {
                return bytes(again, resource);
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the agent jar: " + e.getMessage());
        }
    }

    private static byte @Nullable [] bytes(ZipFile from, String resource) throws IOException {
        ZipEntry entry = from.getEntry(FOLDER + resource);
        if (entry == null) {
            return null;
        }
        try (InputStream in = from.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        String stored = name.endsWith(".class") ? name + "data" : name;
        byte[] bytes = bytes(stored);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    /** Always null: no code of the engine needs the URL of a resource, and no URL can name a file in the folder. */
    @Override
    public @Nullable URL getResource(String name) {
        return null;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        jar.close();
    }
}
