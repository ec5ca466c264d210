package io.stallsight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Words that this project has retired stay away from code, docs, catalog and page. One thing has one word here: a
 * reader who knows the word for it need not learn a second one.
 */
class PlainEnglishTest {

    private static final Path ROOT = Path.of("..");
    private static final Set<String> ENDINGS = Set.of("java", "kt", "md", "json", "js", "html", "yml");
    private static final Set<String> GENERATED = Set.of("target", "uplot.js", "node_modules");

    private static final List<Retired> RETIRED = List.of(
            new Retired(
                    "(?i)(?<![a-z])told|[a-z]Told(?![a-z])",
                    "a finding is reported, a value is shown, a line is printed"),
            new Retired(
                    "(?<![.\\w\"])tells?(?!\\w)|(?<!\\w)tell[A-Z]",
                    "report, show, print or name; for an actor, only its own method"),
            new Retired("\\b(MOST|LEAST)(_| =)", "MAX_ and MIN_, with the unit"),
            new Retired("(?i)\\bfor whom\\b", "work is attributed to a context"),
            new Retired("(?i)\\bwhoever\\b", "name the caller, the reader or the thread"),
            new Retired("(?i)\\bsomebody\\b", "name the other thread, caller or client"));

    /** @param instead what to write: the reason why the words are retired */
    private record Retired(Pattern words, String instead) {
        Retired(String words, String instead) {
            this(Pattern.compile(words), instead);
        }
    }

    @Test
    void retiredWords_stayAway() throws IOException {
        List<String> found;
        try (Stream<Path> files = Files.walk(ROOT)) {
            found = files.filter(PlainEnglishTest::isProse)
                    .flatMap(PlainEnglishTest::retiredIn)
                    .toList();
        }

        assertThat(found).isEmpty();
    }

    private static boolean isProse(Path file) {
        String name = file.getFileName().toString();
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1))
                && !name.equals(PlainEnglishTest.class.getSimpleName() + ".java")
                && Stream.of(file.toString().split("[/\\\\]")).noneMatch(GENERATED::contains)
                && Files.isRegularFile(file);
    }

    private static Stream<String> retiredIn(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Stream.iterate(0, index -> index + 1)
                .limit(lines.size())
                .flatMap(index -> RETIRED.stream()
                        .filter(retired ->
                                retired.words.matcher(lines.get(index)).find())
                        .map(retired -> file + ":" + (index + 1) + ": "
                                + lines.get(index).strip() + "\n    instead: " + retired.instead));
    }
}
