package io.stallsight.junit;

import io.stallsight.api.Finding;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Findings that are known and accepted for the time being: a file in the repository of the code. It has one line for
 * each finding, by fingerprint and therefore without line numbers. It gets shorter by itself, and longer only on
 * request.
 *
 * <p>Each line names the tests that cause the finding. Therefore a run sees which findings have vanished, even if it
 * runs a part of the tests, or is one of several JVMs: where a named test ran to its end without the finding, the run
 * removes the name, and the line with its last name. A JVM changes the names of tests that it ran itself and nothing
 * else, under a lock of the file. Thread-safe.
 */
final class Baseline {

    private static final String HEAD = """
            # Blocking that is known: it fails no test, and its line goes when it is mended. Anything else fails.
            # fingerprint  call  method  loop group  <- tests
            """;

    private static final String TESTS = "  <- ";

    /** How the baseline is used. */
    enum Mode {
        /** Accepts its findings; removes those that vanished. */
        CHECK,
        /** Accepts and adds every finding. */
        CREATE,
        /** As check, but removes nothing: a finding that vanished fails the run. */
        STRICT,
        /** Accepts nothing. */
        OFF
    }

    /** A line: the finding, and the names of the tests that cause it. */
    private record Entry(String text, Set<String> tests) {
        @Override
        public String toString() {
            return text + TESTS + String.join(", ", tests);
        }
    }

    private final Mode mode;
    private final Path file;
    private final Map<String, Entry> known;

    /** By fingerprint: lines with the tests of this JVM. */
    private final Map<String, Entry> seen = new ConcurrentHashMap<>();

    private final Set<String> completed = ConcurrentHashMap.newKeySet();

    private Baseline(Mode mode, Path file, Map<String, Entry> known) {
        this.mode = mode;
        this.file = file;
        this.known = known;
    }

    /** @throws SettingException if the file cannot be read */
    static Baseline read(SuiteSettings settings) {
        Mode mode = settings.word(SuiteSettings.Key.BASELINE, Mode.class);
        Path file = Path.of(settings.text(SuiteSettings.Key.BASELINE_FILE));
        try {
            return new Baseline(
                    mode, file, mode == Mode.OFF || !Files.exists(file) ? Map.of() : parse(Files.readString(file)));
        } catch (IOException e) {
            throw SettingException.unreadable(file.toString(), e);
        }
    }

    private static Map<String, Entry> parse(String text) {
        Map<String, Entry> entries = new TreeMap<>();
        for (String line : text.split("\n")) {
            String stripped = line.strip();
            if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                String[] parts = stripped.split(TESTS, 2);
                Set<String> tests = new TreeSet<>();
                if (parts.length > 1) {
                    tests.addAll(Arrays.asList(parts[1].strip().split(",\\s*")));
                }
                entries.put(stripped.split("\\s+", 2)[0], new Entry(parts[0].stripTrailing(), tests));
            }
        }
        return entries;
    }

    /** Whether the finding is accepted in the test; remembers that the test causes it. */
    boolean knows(Finding finding, String test) {
        String fingerprint = finding.fingerprint();
        if (mode != Mode.CREATE && !known.containsKey(fingerprint)) {
            return false;
        }
        seen.computeIfAbsent(fingerprint, any -> new Entry(text(finding), ConcurrentHashMap.newKeySet()))
                .tests()
                .add(test);
        return true;
    }

    private static String text(Finding finding) {
        return String.join(
                "  ",
                finding.fingerprint(),
                finding.what(),
                finding.rule().isEmpty() ? "-" : finding.rule(),
                finding.loopGroup().isEmpty() ? "-" : finding.loopGroup());
    }

    /** The test ran to its end without a failure of its own: findings that it did not cause have vanished from it. */
    void completed(String test) {
        completed.add(test);
    }

    /** Lines of findings that have vanished; only in {@link Mode#STRICT}, where they are a failure. */
    List<String> stale() {
        if (mode != Mode.STRICT) {
            return List.of();
        }
        List<String> stale = new ArrayList<>();
        known.forEach((fingerprint, entry) -> {
            if (!seen.containsKey(fingerprint) && completed.containsAll(entry.tests)) {
                stale.add(entry.toString());
            }
        });
        return stale;
    }

    /**
     * Writes the changes of this run, and keeps those that other JVMs have written meanwhile.
     *
     * @return lines for people
     */
    synchronized List<String> save() throws IOException {
        boolean nothing = mode == Mode.CHECK ? known.isEmpty() : mode != Mode.CREATE || seen.isEmpty();
        if (nothing) {
            return List.of();
        }
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw");
                FileChannel channel = open.getChannel()) {
            FileLock lock = channel.lock();
            try {
                byte[] bytes = new byte[(int) channel.size()];
                open.readFully(bytes);
                Map<String, Entry> entries = parse(new String(bytes, StandardCharsets.UTF_8));
                Set<String> before = new TreeSet<>(entries.keySet());
                merge(entries);
                byte[] text = (HEAD + lines(entries)).getBytes(StandardCharsets.UTF_8);
                if (!Arrays.equals(bytes, text)) {
                    channel.truncate(0);
                    channel.write(ByteBuffer.wrap(text), 0);
                }
                return changes(before, entries.keySet());
            } finally {
                lock.release();
            }
        }
    }

    private void merge(Map<String, Entry> entries) {
        for (Map.Entry<String, Entry> each : List.copyOf(entries.entrySet())) {
            Entry own = seen.get(each.getKey());
            Set<String> tests = each.getValue().tests;
            tests.removeIf(test -> completed.contains(test) && (own == null || !own.tests.contains(test)));
            if (tests.isEmpty() && own == null) {
                entries.remove(each.getKey());
            }
        }
        seen.forEach(
                (fingerprint, own) -> entries.computeIfAbsent(fingerprint, any -> new Entry(own.text, new TreeSet<>()))
                        .tests()
                        .addAll(own.tests));
    }

    private static String lines(Map<String, Entry> entries) {
        StringBuilder text = new StringBuilder();
        entries.values().stream()
                .map(Entry::toString)
                // by call and method, which people look for; the order of fingerprints is as good as random
                .sorted(Comparator.comparing(line -> line.substring(line.indexOf(' '))))
                .forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private List<String> changes(Set<String> before, Set<String> after) {
        List<String> changes = new ArrayList<>();
        long gone = before.stream().filter(each -> !after.contains(each)).count();
        long came = after.stream().filter(each -> !before.contains(each)).count();
        if (gone > 0) {
            changes.add(file + ": " + gone + " mended, removed; " + after.size() + " left");
        }
        if (came > 0) {
            changes.add(file + ": " + came + " added; " + after.size() + " in all");
        }
        return changes;
    }
}
