package probe;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Named pipes: files whose open, read and write wait for the other end, so that the probe controls their duration. */
final class Fifo {

    /** More bytes than the buffer of a pipe holds. */
    static final int OVERSIZE_BYTES = 1024 * 1024;

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

    /** A FIFO without a reader or a writer. */
    static Path create() throws IOException, InterruptedException {
        Path fifo = DIRECTORY.resolve("fifo" + System.nanoTime());
        int exit = new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
        if (exit != 0) {
            throw new IOException("mkfifo " + fifo + " exited with " + exit);
        }
        fifo.toFile().deleteOnExit();
        return fifo;
    }

    /** A FIFO whose writer opens it with the delay, writes a line and closes it. */
    static Path writtenLate() throws IOException, InterruptedException {
        Path fifo = create();
        Late.run(() -> {
            try (OutputStream out = new FileOutputStream(fifo.toFile())) {
                out.write("late\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            }
        });
        return fifo;
    }

    /** A FIFO whose reader opens it with the delay and reads to its end. */
    static Path readLate() throws IOException, InterruptedException {
        Path fifo = create();
        Late.run(() -> Files.copy(fifo, OutputStream.nullOutputStream()));
        return fifo;
    }

    /**
     * A FIFO with a writer, so that it opens at once for reading. The writer writes a line with the delay, and closes.
     */
    static Path openWithLateLine() throws IOException, InterruptedException {
        Path fifo = create();
        RandomAccessFile writer =
                new RandomAccessFile(fifo.toFile(), "rw"); // on Linux, "rw" opens a FIFO without waiting
        Late.run(() -> {
            writer.write("late\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            writer.close();
        });
        return fifo;
    }

    /** A FIFO with a reader, so that it opens at once for writing. The reader begins to read with the delay. */
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
