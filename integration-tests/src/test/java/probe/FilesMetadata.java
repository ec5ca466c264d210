package probe;

import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** Methods of {@code Files} that do not read or write content. */
final class FilesMetadata {

    private static final String FILE = "FILE";

    private FilesMetadata() {}

    @BlocksBriefly(value = FILE, api = "Files.exists")
    static Body exists() throws Exception {
        Path file = Scratch.file();
        return () -> existsInAMethod(file);
    }

    private static void existsInAMethod(Path file) {
        Files.exists(file);
    }

    @BlocksBriefly(value = FILE, api = "Files.exists")
    static Body exists_lambda() throws Exception {
        Path file = Scratch.file();
        return () -> Files.exists(file);
    }

    @BlocksBriefly(value = FILE, api = "Files.exists")
    static Body exists_reference() throws Exception {
        Path file = Scratch.file();
        return () -> Calls.callWith(Files::exists, file);
    }

    @BlocksBriefly(value = FILE, api = "Files.exists")
    static Body existsOfNothing() throws Exception {
        Path nothing = Scratch.nothing();
        return () -> Files.exists(nothing);
    }

    @BlocksBriefly(value = FILE, api = "Files.notExists")
    static Body notExists() throws Exception {
        Path nothing = Scratch.nothing();
        return () -> Files.notExists(nothing);
    }

    @BlocksBriefly(value = FILE, api = "Files.isDirectory")
    static Body isDirectory() throws Exception {
        Path file = Scratch.file();
        return () -> Files.isDirectory(file);
    }

    @BlocksBriefly(value = FILE, api = "Files.isRegularFile")
    static Body isRegularFile() throws Exception {
        Path file = Scratch.file();
        return () -> Files.isRegularFile(file);
    }

    @BlocksBriefly(value = FILE, api = "Files.isReadable")
    static Body isReadable() throws Exception {
        Path file = Scratch.file();
        return () -> Files.isReadable(file);
    }

    @BlocksBriefly(value = FILE, api = "Files.size")
    static Body size() throws Exception {
        Path file = Scratch.file();
        return () -> Files.size(file);
    }

    @BlocksBriefly(value = FILE, api = "Files.getLastModifiedTime")
    static Body getLastModifiedTime() throws Exception {
        Path file = Scratch.file();
        return () -> Files.getLastModifiedTime(file);
    }

    @BlocksBriefly(value = FILE, api = "Files.setLastModifiedTime")
    static Body setLastModifiedTime() throws Exception {
        Path file = Scratch.file();
        return () -> Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    }

    @BlocksBriefly(value = FILE, api = "Files.readAttributes")
    static Body readAttributes() throws Exception {
        Path file = Scratch.file();
        return () -> Files.readAttributes(file, BasicFileAttributes.class);
    }

    @BlocksBriefly(value = FILE, api = "Files.getPosixFilePermissions")
    static Body getPosixFilePermissions() throws Exception {
        Path file = Scratch.file();
        return () -> Files.getPosixFilePermissions(file);
    }

    @BlocksBriefly(value = FILE, api = "Files.list")
    static Body list() throws Exception {
        Path directory = Scratch.directory();
        return () -> Net.keep(Files.list(directory));
    }

    @BlocksBriefly(value = FILE, api = "Files.walkFileTree")
    static Body walkFileTree() throws Exception {
        Path directory = Scratch.directory();
        Files.createFile(directory.resolve("file"));
        return () -> Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @BlocksBriefly(value = FILE, api = "Files.newDirectoryStream")
    static Body newDirectoryStream() throws Exception {
        Path directory = Scratch.directory();
        return () -> Net.keep(Files.newDirectoryStream(directory));
    }

    @BlocksBriefly(value = FILE, api = "Files.createFile")
    static Body createFile() throws Exception {
        Path nothing = Scratch.nothing();
        return () -> Files.createFile(nothing);
    }

    @BlocksBriefly(value = FILE, api = "Files.createDirectory")
    static Body createDirectory() throws Exception {
        Path nothing = Scratch.nothing();
        return () -> Files.createDirectory(nothing);
    }

    @BlocksBriefly(value = FILE, api = "Files.createDirectories")
    static Body createDirectories() throws Exception {
        Path nothing = Scratch.nothing().resolve("below");
        return () -> Files.createDirectories(nothing);
    }

    @BlocksBriefly(value = FILE, api = "Files.createTempFile")
    static Body createTempFile() throws Exception {
        Path directory = Scratch.directory();
        return () -> Files.createTempFile(directory, "a", "b");
    }

    @BlocksBriefly(value = FILE, api = "Files.delete")
    static Body delete() throws Exception {
        Path file = Scratch.file();
        return () -> Files.delete(file);
    }

    @BlocksBriefly(value = FILE, api = "Files.deleteIfExists")
    static Body deleteIfExists_reference() throws Exception {
        Path file = Scratch.file();
        return () -> Calls.callWith(Files::deleteIfExists, file);
    }

    @BlocksBriefly(value = FILE, api = "Files.move")
    static Body move() throws Exception {
        Path from = Scratch.file();
        Path to = Scratch.nothing();
        return () -> Files.move(from, to);
    }

    @BlocksBriefly(value = FILE, api = "Files.isSameFile")
    static Body isSameFile() throws Exception {
        Path one = Scratch.file();
        Path other = Scratch.file();
        return () -> Files.isSameFile(one, other);
    }

    @BlocksBriefly(value = FILE, api = "Files.createSymbolicLink")
    static Body createSymbolicLink() throws Exception {
        Path link = Scratch.nothing();
        return () -> Files.createSymbolicLink(link, Path.of("target"));
    }

    @BlocksBriefly(value = FILE, api = "Files.readSymbolicLink")
    static Body readSymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(Scratch.nothing(), Path.of("target"));
        return () -> Files.readSymbolicLink(link);
    }

    @BlocksBriefly(FILE)
    static Body toRealPath() throws Exception {
        Path file = Scratch.file();
        return () -> file.toRealPath();
    }

    @NeverBlocks
    static Body pathArithmetic() {
        Path path = Path.of("/tmp");
        return () -> path.resolve("a").normalize().toAbsolutePath().getParent();
    }
}
