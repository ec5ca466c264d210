package probe;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Named pipes: files whose open, read and write wait for the other end, and so take as long as the probe wants. */
final class Fifo {

    /** More than a pipe holds. */
    static final int MUCH = 1024 * 1024;

    private static final Path DIRECTORY = directory();

    private Fifo() {}

    private static Path directory() {
        try {
            Path directory = Files.createTempDirectory("probe");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A FIFO that nobody has opened. */
    static Path create() throws IOException, InterruptedException {
        Path fifo = DIRECTORY.resolve("fifo" + System.nanoTime());
        int exit = new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
        if (exit != 0) {
            throw new IOException("mkfifo " + fifo + " exited with " + exit);
        }
        fifo.toFile().deleteOnExit();
        return fifo;
    }

    /** A FIFO that is opened for writing late, and then holds a line and ends. */
    static Path writtenLate() throws IOException, InterruptedException {
        Path fifo = create();
        Late.run(() -> {
            try (OutputStream out = new FileOutputStream(fifo.toFile())) {
                out.write("late\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            }
        });
        return fifo;
    }

    /** A FIFO that is opened for reading late, and then read until its end. */
    static Path readLate() throws IOException, InterruptedException {
        Path fifo = create();
        Late.run(() -> Files.copy(fifo, OutputStream.nullOutputStream()));
        return fifo;
    }

    /**
     * A FIFO that can be opened for reading at once (it has a writer), in which a line arrives late, followed by the
     * end.
     */
    static Path openWithLateLine() throws IOException, InterruptedException {
        Path fifo = create();
        RandomAccessFile writer =
                new RandomAccessFile(fifo.toFile(), "rw"); // on Linux this opens a FIFO without waiting
        Late.run(() -> {
            writer.write("late\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            writer.close();
        });
        return fifo;
    }

    /** A FIFO that can be opened for writing at once, and that is read from late on. */
    static Path openReadLate() throws IOException, InterruptedException {
        Path fifo = create();
        RandomAccessFile reader = new RandomAccessFile(fifo.toFile(), "rw");
        Late.run(() -> {
            byte[] buffer = new byte[64 * 1024];
            while (reader.read(buffer) >= 0) {
                Thread.onSpinWait();
            }
        });
        return fifo;
    }
}
