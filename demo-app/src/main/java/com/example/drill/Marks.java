package com.example.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines with the comment {@code // blocks here: <mode>} in the shop's sources. The drill's jar contains the
 * sources, so that the expected lines move with the code and no line number is written down.
 */
final class Marks {
    private static final Pattern MARK = Pattern.compile("// blocks here: ([a-z-]+)$");

    private final Map<String, List<String>> sources = new ConcurrentHashMap<>();

    /** The mode whose wrong endpoint blocks at this line. */
    Optional<String> modeAt(Site site) {
        String path = "/sources/" + site.packageName().replace('.', '/') + '/' + site.file();
        List<String> lines = sources.computeIfAbsent(path, Marks::read);
        if (site.line() < 1 || site.line() > lines.size()) {
            return Optional.empty();
        }
        Matcher mark = MARK.matcher(lines.get(site.line() - 1));
        return mark.find() ? Optional.of(mark.group(1)) : Optional.empty();
    }

    /** Returns no lines if the source is not in the jar, as for code of a library. */
    private static List<String> read(String path) {
        try (InputStream in = Marks.class.getResourceAsStream(path)) {
            return in == null
                    ? List.of()
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
