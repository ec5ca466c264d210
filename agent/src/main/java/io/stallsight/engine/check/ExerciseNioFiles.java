package io.stallsight.engine.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** {@link Files}, the JDK's file systems below it, and {@link FileChannel}. */
final class ExerciseNioFiles {

    private ExerciseNioFiles() {}

    static List<Exercise> all() {
        return List.of(
                new Exercise("Files read", ExerciseNioFiles::read),
                new Exercise("Files write", ExerciseNioFiles::write),
                new Exercise("Files metadata", ExerciseNioFiles::metadata),
                new Exercise("Files directories", ExerciseNioFiles::directories),
                new Exercise("Files owner and links", ExerciseNioFiles::ownerAndLinks),
                new Exercise("SecureDirectoryStream", ExerciseNioFiles::secureDirectory),
                new Exercise("FileChannel", ExerciseNioFiles::channel),
                new Exercise("mapped files", ExerciseNioFiles::mapped),
                new Exercise("AsynchronousFileChannel", ExerciseNioFiles::asynchronousChannel));
    }

    private static void read() throws IOException {
        try (ExerciseFolder folder = new ExerciseFolder()) {
            Path file = folder.file("read");
            Files.readAllBytes(file);
            Files.readString(file);
            Files.readAllLines(file);
            Files.lines(file).close();
            Files.newBufferedReader(file).close();
            Files.newByteChannel(file).close();
            Files.mismatch(file, folder.file("other"));
            try (InputStream in = Files.newInputStream(file)) {
                in.read();
                in.read(new byte[1], 0, 1);
                in.readNBytes(1);
                in.transferTo(OutputStream.nullOutputStream());
                in.readAllBytes();
            }
        }
    }

    private static void write() throws IOException {
        try (ExerciseFolder folder = new ExerciseFolder()) {
            Path file = Files.createFile(folder.path.resolve("file"));
            Files.write(file, new byte[1]);
            Files.writeString(file, "a");
            Files.newOutputStream(file).close();
            Files.newBufferedWriter(file).close();
            Path copy = folder.path.resolve("copy");
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            Path moved = Files.move(copy, folder.path.resolve("moved"));
            Files.createLink(folder.path.resolve("link"), file);
            Files.createSymbolicLink(folder.path.resolve("symlink"), file);
            Files.setAttribute(file, "lastModifiedTime", FileTime.fromMillis(0));
            Files.setLastModifiedTime(file, FileTime.fromMillis(0));
            Files.delete(moved);
            Files.deleteIfExists(moved);
            Path directory = Files.createDirectory(folder.path.resolve("directory"));
            Files.createDirectories(directory.resolve("a/b"));
            Files.createTempFile(directory, "file", null);
            Files.createTempDirectory(directory, "directory");
        }
    }

    private static void metadata() throws IOException {
        try (ExerciseFolder folder = new ExerciseFolder()) {
            Path file = folder.file("file");
            Path link = Files.createSymbolicLink(folder.path.resolve("symlink"), file);
            Files.exists(file);
            Files.exists(file, LinkOption.NOFOLLOW_LINKS);
            Files.notExists(file);
            Files.isDirectory(file);
            Files.isRegularFile(file);
            Files.isSymbolicLink(file);
            Files.isReadable(file);
            Files.isWritable(file);
            Files.isExecutable(file);
            Files.isHidden(file);
            Files.isSameFile(file, link);
            Files.size(file);
            Files.readAttributes(file, BasicFileAttributes.class);
            Files.getAttribute(file, "size");
            Files.getLastModifiedTime(file);
            Files.getFileStore(file).getTotalSpace();
            Files.readSymbolicLink(link);
            link.toRealPath();
        }
    }

    private static void directories() throws IOException {
        try (ExerciseFolder folder = new ExerciseFolder()) {
            folder.file("file");
            try (Stream<Path> list = Files.list(folder.path)) {
                list.count();
            }
            try (Stream<Path> walk = Files.walk(folder.path)) {
                walk.forEach(path -> {});
            }
            try (Stream<Path> found = Files.find(folder.path, 1, (path, attributes) -> true)) {
                found.count();
            }
            Files.walkFileTree(folder.path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return FileVisitResult.TERMINATE;
                }
            });
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path)) {
                entries.forEach(path -> {});
            }
        }
    }

    private static void ownerAndLinks() throws IOException {
        try (ExerciseFolder folder = new ExerciseFolder()) {
            Path file = folder.file("file");
            Path link = Files.createSymbolicLink(folder.path.resolve("symlink"), file);
            Files.setOwner(file, Files.getOwner(file));
            Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(file));
            PosixFileAttributeView linkItself =
                    Files.getFileAttributeView(link, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            PosixFileAttributes attributes = linkItself.readAttributes();
            linkItself.setGroup(attributes.group());
            linkItself.setTimes(FileTime.fromMillis(0), FileTime.fromMillis(0), null);
            Path directory = Files.createDirectory(folder.path.resolve("directory"));
            Files.copy(directory, folder.path.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static void secureDirectory() throws IOException {
        try (ExerciseFolder folder = new ExerciseFolder();
                DirectoryStream<Path> stream = Files.newDirectoryStream(folder.path)) {
            if (stream instanceof SecureDirectoryStream<Path> directory) {
                Path name = folder.file("file").getFileName();
                Path renamed = Path.of("renamed");
                directory.newByteChannel(name, Set.of(StandardOpenOption.READ)).close();
                directory
                        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes();
                PosixFileAttributeView view = directory.getFileAttributeView(name, PosixFileAttributeView.class);
                view.setPermissions(view.readAttributes().permissions());
                directory.move(Objects.requireNonNull(name), directory, renamed);
                directory.deleteFile(renamed);
            }
        }
    }

    private static void channel() throws IOException {
        try (ExerciseFolder folder = new ExerciseFolder();
                FileChannel channel =
                        FileChannel.open(folder.file("file"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer[] buffers = {ByteBuffer.allocate(1)};
            channel.read(ByteBuffer.allocate(1));
            channel.read(ByteBuffer.allocate(1), 0);
            channel.read(buffers);
            channel.write(ByteBuffer.allocate(1));
            channel.write(ByteBuffer.allocate(1), 0);
            channel.write(new ByteBuffer[] {ByteBuffer.allocate(1)});
            channel.size();
            channel.truncate(32);
            channel.force(false);
            channel.lock().release();
            Objects.requireNonNull(channel.tryLock()).release();
            channel.transferTo(0, 1, Channels.newChannel(OutputStream.nullOutputStream()));
            channel.transferFrom(Channels.newChannel(InputStream.nullInputStream()), 0, 1);
        }
    }

    private static void mapped() throws IOException {
        try (ExerciseFolder folder = new ExerciseFolder();
                FileChannel channel =
                        FileChannel.open(folder.file("file"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer buffer = channel.map(MapMode.READ_WRITE, 0, 64);
            buffer.load();
            buffer.force();
            buffer.force(0, 1);
        }
    }

    private static void asynchronousChannel() throws IOException {
        try (ExerciseFolder folder = new ExerciseFolder();
                AsynchronousFileChannel channel = AsynchronousFileChannel.open(
                        folder.file("file"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.size();
            channel.truncate(32);
            channel.force(false);
            Objects.requireNonNull(channel.tryLock()).release();
        }
    }
}
