package io.stallsight.engine.recording;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A recording that has each chunk once: the file itself, or a temporary copy without its repeated chunks. JFR's readers
 * read a whole file and do not say which chunk an event is of, so repeated events cannot be left out while reading.
 *
 * @param file to be read
 * @param repeated chunks that were left out
 */
record DistinctFile(Path file, int repeated) implements AutoCloseable {

    /** @throws RecordingException if the copy cannot be written */
    static DistinctFile of(Path file, Chunks chunks) {
        List<Chunks.Chunk> distinct = chunks.distinct();
        int repeated = chunks.all().size() - distinct.size();
        return new DistinctFile(repeated == 0 ? file : copy(file, distinct), repeated);
    }

    private static Path copy(Path file, List<Chunks.Chunk> chunks) {
        try {
            Path copy = Files.createTempFile("stallsight-", ".jfr");
            try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ);
                    FileChannel to = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                for (Chunks.Chunk chunk : chunks) {
                    copy(from, chunk, to);
                }
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(copy);
                throw e;
            }
            return copy;
        } catch (IOException e) {
            throw new RecordingException(file + " has chunks twice, and a copy without them cannot be written to "
                    + System.getProperty("java.io.tmpdir") + " (" + e.getMessage() + ")");
        }
    }

    private static void copy(FileChannel from, Chunks.Chunk chunk, FileChannel to) throws IOException {
        long copied = 0;
        while (copied < chunk.size()) {
            long count = from.transferTo(chunk.at() + copied, chunk.size() - copied, to);
            if (count <= 0) {
                throw new IOException("the file has become shorter");
            }
            copied += count;
        }
    }

    @Override
    public void close() {
        try {
            if (repeated > 0) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // a file in the folder for temporary files
        }
    }
}
