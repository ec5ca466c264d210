package io.stallsight.engine.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistinctFileTest {

    @Name("test.Number")
    private static final class Number extends Event {
        int number;

        static void commit(int number) {
            Number event = new Number();
            event.number = number;
            event.commit();
        }
    }

    /** The JVM does the same at its end, after {@code JFR.dump} onto the file of the start-up recording. */
    @Test
    void fileWithTheSameChunksAppended_hasEachEventOnce(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("first.jfr");
        Path all = folder.resolve("all.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("test.Number");
            recording.start();
            Number.commit(1);
            recording.dump(file);
            Number.commit(2);
            recording.dump(all);
        }
        Files.write(file, Files.readAllBytes(all), StandardOpenOption.APPEND);

        Path read;
        try (DistinctFile distinct = DistinctFile.of(file, Chunks.of(file))) {
            read = distinct.file();
            assertThat(distinct.repeated()).isEqualTo(1);
            assertThat(numbers(read)).containsExactlyInAnyOrder(1, 2);
            assertThat(numbers(file)).as("what JFR reads").containsExactlyInAnyOrder(1, 1, 2);
        }
        assertThat(read).doesNotExist();
        assertThat(file).exists();
    }

    @Test
    void fileWithoutRepeatedChunks_isReadItself(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("some.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            recording.dump(file);
        }

        try (DistinctFile distinct = DistinctFile.of(file, Chunks.of(file))) {
            assertThat(distinct.file()).isEqualTo(file);
        }
        assertThat(file).exists();
    }

    private static List<Integer> numbers(Path file) {
        List<Integer> numbers = new ArrayList<>();
        new EventFile(file, file).read(Map.of("test.Number", event -> numbers.add(event.getInt("number"))));
        return numbers;
    }
}
