package io.stallsight.it.harness;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The packaged agent, as a private copy of this test run. Without the copy, a rebuild during the run would change the
 * jar under the forked JVMs.
 *
 * <p>System property {@code stallsight.jar} names the jar; without it, the jar is in the target folder of the agent
 * module.
 */
public final class AgentJar {

    private static final Path COPY = copy();

    private AgentJar() {}

    /** The copy that forked JVMs load. */
    public static Path path() {
        return COPY;
    }

    private static Path copy() {
        Path built = Path.of(System.getProperty("stallsight.jar", "../agent/target/stallsight.jar"))
                .toAbsolutePath()
                .normalize();
        if (!Files.isRegularFile(built)) {
            throw new IllegalStateException("no agent at " + built
                    + ": build it first (-pl agent package), or name it with -Dstallsight.jar=<path>");
        }
        try {
            Path copy = Files.createDirectories(TestOutput.directory("agent")).resolve("stallsight.jar");
            Files.copy(built, copy, StandardCopyOption.REPLACE_EXISTING);
            readWhole(copy);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy the agent from " + built, e);
        }
    }

    /** Fails on a jar that was copied while it was being written. */
    private static void readWhole(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                try (InputStream in = file.getInputStream(entry)) {
                    in.transferTo(java.io.OutputStream.nullOutputStream());
                }
            }
            if (file.getManifest().getMainAttributes().getValue("Premain-Class") == null) {
                throw new IOException(jar + " is no agent: its manifest has no Premain-Class");
            }
        }
    }

    /** A file of the engine, as the agent's own loader finds it. */
    public static byte[] fileOfEngine(String name) {
        try (URLClassLoader jar = new URLClassLoader(new URL[] {COPY.toUri().toURL()}, null)) {
            Method open = jar.loadClass("io.stallsight.agent.EngineLoader").getDeclaredMethod("open");
            open.setAccessible(true);
            ClassLoader engine = (ClassLoader) open.invoke(null);
            try (InputStream in = engine.getResourceAsStream(name);
                    AutoCloseable loader = (AutoCloseable) engine) {
                return requireNonNull(in, name).readAllBytes();
            }
        } catch (Exception e) {
            throw new IllegalStateException("no " + name + " in the agent", e);
        }
    }
}
