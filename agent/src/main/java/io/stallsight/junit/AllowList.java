package io.stallsight.junit;

import io.stallsight.api.AllowRule;
import io.stallsight.api.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The allow rules of the suite and of its tests, with how often each matched. Thread-safe. */
final class AllowList {

    /**
     * A rule, and the place where it is written.
     *
     * @param origin an annotated element, or a line of the file
     */
    record Entry(AllowRule rule, String origin) {}

    private final List<Entry> suite = new ArrayList<>();
    private final Map<Entry, AtomicLong> hits = new ConcurrentHashMap<>();

    /** @throws SettingException if the file cannot be read, or a line of it is wrong */
    static AllowList read(String file, ClassLoader loader) {
        AllowList list = new AllowList();
        int number = 0;
        for (String line : lines(file, loader)) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            // "#method" may follow a class, so a reason begins with a blank and #
            String[] parts = text.split("\\s+#", 2);
            if (parts.length < 2 || parts[1].isBlank()) {
                throw new SettingException(
                        file + ":" + number + ": the rule \"" + parts[0] + "\" needs a reason: " + parts[0] + "  # why",
                        parts[0]);
            }
            try {
                list.suite.add(new Entry(AllowRule.parse(parts[0]), file + ":" + number));
            } catch (IllegalArgumentException e) {
                throw new SettingException(file + ":" + number + ": " + e.getMessage(), parts[0]);
            }
        }
        list.suite.forEach(list::inForce);
        return list;
    }

    private static List<String> lines(String file, ClassLoader loader) {
        try {
            if (Files.isReadable(Path.of(file))) {
                return Files.readAllLines(Path.of(file));
            }
            try (InputStream in = loader.getResourceAsStream(file)) {
                return in == null
                        ? List.of()
                        : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                                .lines()
                                .toList();
            }
        } catch (IOException e) {
            throw SettingException.unreadable(file, e);
        }
    }

    /** The rule is in force somewhere: if it never matches, the summary says so. */
    void inForce(Entry entry) {
        hits.putIfAbsent(entry, new AtomicLong());
    }

    /** Whether a rule of the suite or one of {@code more} allows the finding; each rule that does is counted. */
    boolean allows(Finding finding, List<Entry> more) {
        boolean allowed = false;
        for (List<Entry> entries : List.of(more, suite)) {
            for (Entry entry : entries) {
                if (entry.rule().allows(finding)) {
                    hits.computeIfAbsent(entry, any -> new AtomicLong()).incrementAndGet();
                    allowed = true;
                }
            }
        }
        return allowed;
    }

    /** Rules that matched nothing so far, each with the place where it is written. */
    List<String> unused() {
        List<String> unused = new ArrayList<>();
        hits.forEach((entry, count) -> {
            if (count.get() == 0) {
                unused.add(entry.rule().text() + " (" + entry.origin() + ")");
            }
        });
        unused.sort(null);
        return unused;
    }
}
