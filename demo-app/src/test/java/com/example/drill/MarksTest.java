package com.example.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MarksTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final String MARK = "// blocks here: ";

    private final Marks marks = new Marks();

    @Test
    void everyBlockingMode_isMarked_andNoOther() throws IOException {
        List<String> required =
                Mode.all().stream().filter(Mode::isMarked).map(Mode::name).toList();

        assertThat(markedLines().map(line -> line.substring(line.indexOf(MARK) + MARK.length())))
                .containsOnlyOnceElementsOf(required.stream()
                        .filter(mode -> !mode.equals("lock-synchronized"))
                        .toList())
                .hasSameElementsAs(required);
    }

    @Test
    void everyMark_isBehindCode() throws IOException {
        assertThat(markedLines())
                .allSatisfy(line -> assertThat(line.substring(0, line.indexOf(MARK)))
                        .as("the formatter has moved the mark off its line")
                        .matches(".*[;{] "));
    }

    @Test
    void modeAt_markedLine_isTheMode() throws IOException {
        Path source = SOURCES.resolve("com/example/shop/mode/SleepMode.java");
        List<String> lines = Files.readAllLines(source);
        int line = 1
                + IntStream.range(0, lines.size())
                        .filter(index -> lines.get(index).contains(MARK))
                        .findFirst()
                        .orElseThrow();

        assertThat(marks.modeAt(new Site("com.example.shop.mode", "SleepMode.java", line)))
                .contains("sleep");
        assertThat(marks.modeAt(new Site("com.example.shop.mode", "SleepMode.java", line + 1)))
                .isEmpty();
    }

    @Test
    void modeAt_libraryCode_isEmpty() {
        assertThat(marks.modeAt(new Site("java.lang", "Thread.java", 1))).isEmpty();
    }

    private static Stream<String> markedLines() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES.resolve("com/example/shop"))) {
            return files
                    .filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .flatMap(MarksTest::lines)
                    .filter(line -> line.contains(MARK))
                    .toList()
                    .stream();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
