package io.stallsight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/architecture.md stays true and short: its rooms and files exist, and a trip passes a room once. */
class ArchitecturePageTest {

    private static final Path PAGE = Path.of("../docs/architecture.md");
    private static final Path SOURCES = Path.of("src/main/java/io/stallsight");

    /** One hour of reading includes this page and the code; a longer page takes the hour for itself. */
    private static final int MAX_WORDS = 2_200;

    /** {@code `room/Name`}: a class of a room. Rooms of the engine have no prefix. */
    private static final Pattern CLASS = Pattern.compile("`([a-z]+)/([A-Z]\\w+)`");

    /** {@code `room/name.js`}: a file of the page. */
    private static final Pattern ASSET = Pattern.compile("`http/([a-z-]+\\.(?:js|html))`");

    private static final Pattern ROOM = Pattern.compile("`([a-z]+)`");

    @Test
    void page_hasAtMostTheWordsOfOneSitting() throws IOException {
        assertThat(Files.readString(PAGE).split("\\s+")).hasSizeLessThanOrEqualTo(MAX_WORDS);
    }

    @Test
    void everyClass_exists() throws IOException {
        List<String> missing = CLASS.matcher(Files.readString(PAGE))
                .results()
                .filter(match -> Stream.of("", "engine/")
                        .map(prefix -> SOURCES.resolve(prefix + match.group(1) + "/" + match.group(2) + ".java"))
                        .noneMatch(Files::exists))
                .map(match -> match.group())
                .toList();

        assertThat(missing).isEmpty();
        assertThat(CLASS.matcher(Files.readString(PAGE)).results()).hasSizeGreaterThan(20);
    }

    @Test
    void everyFileOfThePage_exists() throws IOException {
        Path folder = Path.of("src/main/resources/io/stallsight/engine/http");

        assertThat(ASSET.matcher(Files.readString(PAGE)).results())
                .isNotEmpty()
                .allSatisfy(match -> assertThat(folder.resolve(match.group(1))).exists());
    }

    @Test
    void everyPackage_isARoom() throws IOException {
        List<String> rows =
                section("Rooms").lines().filter(line -> line.startsWith("| `")).toList();
        List<String> rooms = rows.stream()
                .flatMap(row ->
                        ROOM.matcher(row.substring(0, row.indexOf('|', 1))).results())
                .map(match -> match.group(1))
                .toList();

        assertThat(rooms).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(packages());
    }

    @Test
    void trip_passesARoomOnce() throws IOException {
        List<String> trips =
                Stream.of(section("The first hour").split("\n### ")).skip(1).toList();

        assertThat(trips).hasSize(4).allSatisfy(trip -> {
            List<String> rooms = new ArrayList<>();
            CLASS.matcher(trip).results().map(match -> match.group(1)).forEach(room -> {
                if (rooms.isEmpty() || !rooms.get(rooms.size() - 1).equals(room)) {
                    rooms.add(room);
                }
            });
            assertThat(rooms).doesNotHaveDuplicates().hasSizeGreaterThan(2);
        });
    }

    private static String section(String title) throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf("\n## " + title);
        int end = page.indexOf("\n## ", start + 1);
        return page.substring(start, end < 0 ? page.length() : end);
    }

    /** Packages of the agent with classes, by their last name; those below an output belong to it. */
    private static List<String> packages() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES, 3)) {
            return files.filter(file -> file.endsWith("package-info.java"))
                    .map(file -> SOURCES.relativize(file.getParent()))
                    .filter(folder -> folder.getNameCount() <= 2)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
