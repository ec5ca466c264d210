package io.stallsight.engine.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunksTest {

    private static final int SIZE = 100;

    @TempDir
    private Path folder;

    @Test
    void of_severalChunks_goesFromTheFirstToTheLast() throws IOException {
        Path file = write(chunk(1_000, 500, SIZE, 0), chunk(1_500, 250, SIZE, 0));

        Chunks chunks = Chunks.of(file);

        assertThat(chunks.from()).isEqualTo(1_000);
        assertThat(chunks.to()).isEqualTo(1_750);
        assertThat(chunks.all()).hasSize(2).isEqualTo(chunks.distinct());
    }

    @Test
    void distinct_hasTheLongestCopyOfEachChunk() throws IOException {
        Path file = write(
                chunk(1_000, 500, SIZE, 0),
                chunk(1_500, 250, SIZE, 0),
                chunk(1_000, 500, SIZE, 0),
                chunk(1_500, 500, 2 * SIZE, 0),
                ByteBuffer.allocate(SIZE),
                chunk(2_000, 500, SIZE, 0));

        assertThat(Chunks.of(file).distinct()).extracting(Chunks.Chunk::at).containsExactly(0L, 3L * SIZE, 5L * SIZE);
    }

    @Test
    void of_aChunkThatIsBeingWritten_isRefused() throws IOException {
        refused(write(chunk(1_000, 500, SIZE, 0), chunk(1_500, 0, SIZE, 1)), "is not complete");
    }

    @Test
    void of_aChunkWithoutItsEnd_isRefused() throws IOException {
        refused(write(chunk(1_000, 500, SIZE + 1, 0)), "is cut");
    }

    @Test
    void of_somethingElseBehindAChunk_isRefused() throws IOException {
        refused(write(chunk(1_000, 500, SIZE, 0), ByteBuffer.allocate(SIZE)), "is damaged at byte " + SIZE);
    }

    @Test
    void of_aSizeThatLeadsNowhere_isRefused() throws IOException {
        refused(write(chunk(1_000, 500, 0, 0)), "is damaged at byte 0");
    }

    @Test
    void of_noRecording_isRefused() throws IOException {
        refused(Files.writeString(folder.resolve("text"), "no"), "is cut");
        refused(Files.writeString(folder.resolve("text"), "no recording"), "is no recording of JFR");
        refused(Files.createFile(folder.resolve("empty")), "is empty");
        refused(folder, "is a folder");
        refused(folder.resolve("none"), "there is no file");
    }

    private static void refused(Path file, String why) {
        assertThatThrownBy(() -> Chunks.of(file))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining(why)
                .hasMessageContaining(file.toString());
    }

    private Path write(ByteBuffer... chunks) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(SIZE * chunks.length);
        for (ByteBuffer chunk : chunks) {
            all.put(chunk.rewind());
        }
        return Files.write(folder.resolve("some.jfr"), all.array());
    }

    private static ByteBuffer chunk(long start, long duration, long size, int state) {
        return ByteBuffer.allocate(SIZE)
                .putInt(0, 0x464c5200)
                .putLong(8, size)
                .putLong(32, TimeUnit.MILLISECONDS.toNanos(start))
                .putLong(40, TimeUnit.MILLISECONDS.toNanos(duration))
                .put(64, (byte) state);
    }
}
