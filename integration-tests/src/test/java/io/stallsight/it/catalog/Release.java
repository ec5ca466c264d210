package io.stallsight.it.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The class files of one version of the JDK or of a library. */
abstract sealed class Release {

    private final String name;
    private final String version;
    private final Map<String, Optional<ClassFile>> parsed = new ConcurrentHashMap<>();

    private Release(String name, String version) {
        this.name = name;
        this.version = version;
    }

    String version() {
        return version;
    }

    /** @param className with dots and, for nested classes, dollar signs */
    Optional<ClassFile> find(String className) {
        return parsed.computeIfAbsent(className, key -> bytes(key).map(ClassFile::parse));
    }

    abstract Optional<byte[]> bytes(String className);

    /**
     * Returns whether the package or a package below it has a class.
     *
     * @param prefix name of the package, and a dot
     */
    abstract boolean hasPackage(String prefix);

    @Override
    public String toString() {
        return name + " " + version;
    }

    /** Returns the classes of the JDK at {@code home}, which may be another one than the running JDK. */
    static Release ofJdk(int feature, Path home) throws IOException {
        return new JdkImage(feature, home);
    }

    /** Returns the classes of all jars in a folder. The name of the folder is the version. */
    static Release ofJars(String library, Path folder) throws IOException {
        return new Jars(library, folder);
    }

    /** Reads {@code lib/modules} of a JDK with the file system for {@code jrt:} URIs that the JDK itself contains. */
    private static final class JdkImage extends Release {

        private final FileSystem image;

        JdkImage(int feature, Path home) throws IOException {
            super("JDK", String.valueOf(feature));
            this.image = open(home);
        }

        private static FileSystem open(Path home) throws IOException {
            URI uri = URI.create("jrt:/");
            Path running = Path.of(System.getProperty("java.home")).toRealPath();
            if (home.toRealPath().equals(running)) {
                return FileSystems.getFileSystem(uri);
            }
            try {
                return FileSystems.newFileSystem(uri, Map.of("java.home", home.toString()));
            } catch (FileSystemAlreadyExistsException e) {
                throw new IOException("cannot open the image of " + home, e);
            }
        }

        @Override
        Optional<byte[]> bytes(String className) {
            int dot = className.lastIndexOf('.');
            if (dot < 0) {
                return Optional.empty();
            }
            Path modules = image.getPath("/packages", className.substring(0, dot));
            if (!Files.isDirectory(modules)) {
                return Optional.empty();
            }
            try (DirectoryStream<Path> owners = Files.newDirectoryStream(modules)) {
                for (Path owner : owners) {
                    Path file = image.getPath(
                            "/modules", owner.getFileName().toString(), className.replace('.', '/') + ".class");
                    if (Files.exists(file)) {
                        return Optional.of(Files.readAllBytes(file));
                    }
                }
                return Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        boolean hasPackage(String prefix) {
            return Files.isDirectory(image.getPath("/packages", prefix.substring(0, prefix.length() - 1)));
        }
    }

    private static final class Jars extends Release {

        private final TreeMap<String, JarFile> jarsByEntry = new TreeMap<>();

        Jars(String library, Path folder) throws IOException {
            super(library, folder.getFileName().toString());
            for (Path jar : children(folder)) {
                JarFile file = new JarFile(jar.toFile());
                for (JarEntry entry : Collections.list(file.entries())) {
                    if (entry.getName().endsWith(".class")) {
                        jarsByEntry.putIfAbsent(entry.getName(), file);
                    }
                }
            }
        }

        @Override
        Optional<byte[]> bytes(String className) {
            String entry = className.replace('.', '/') + ".class";
            JarFile jar = jarsByEntry.get(entry);
            if (jar == null) {
                return Optional.empty();
            }
            try (var in = jar.getInputStream(jar.getJarEntry(entry))) {
                return Optional.of(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        boolean hasPackage(String prefix) {
            String path = prefix.replace('.', '/');
            String next = jarsByEntry.ceilingKey(path);
            return next != null && next.startsWith(path);
        }
    }

    static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(children::add);
        }
        children.sort(null);
        return children;
    }
}
