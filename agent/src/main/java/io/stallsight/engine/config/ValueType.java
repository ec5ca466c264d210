package io.stallsight.engine.config;

import io.stallsight.engine.fact.Request;
import io.stallsight.frame.FramePattern;
import io.stallsight.text.DurationText;
import io.stallsight.text.Glob;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the texts of an option mean. A reader throws {@link IllegalArgumentException} at a text that is not allowed; its
 * message is not shown, {@code allowed} is.
 *
 * @param allowed the allowed texts, for people
 * @param isSecret whether nobody may see the value
 */
record ValueType<T>(String allowed, boolean isSecret, Reader<T> reader) {

    /** From a text to a value. */
    interface Reader<T> {
        /**
         * @param baseFolder what relative files are relative to
         * @throws IllegalArgumentException if the text is not allowed
         */
        T read(String text, Path baseFolder);
    }

    private static <T> ValueType<T> of(String allowed, Function<String, T> reader) {
        return new ValueType<>(allowed, false, (text, baseFolder) -> reader.apply(text));
    }

    /** One of the constants of an enum, in lower case. */
    static <E extends Enum<E>> ValueType<E> word(Class<E> type) {
        E[] constants = type.getEnumConstants();
        StringBuilder allowed = new StringBuilder();
        for (int i = 0; i < constants.length; i++) {
            allowed.append(i == 0 ? "" : i == constants.length - 1 ? " or " : ", ")
                    .append(word(constants[i]));
        }
        return of(allowed.toString(), text -> {
            for (E constant : constants) {
                if (word(constant).equals(text)) {
                    return constant;
                }
            }
            throw notAllowed(text);
        });
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static ValueType<List<Glob>> globs() {
        return list("thread names, * and ? allowed, separated by ;", Glob::new);
    }

    static ValueType<List<FramePattern>> frames() {
        return list(FramePattern.FORMS + ", separated by ;", FramePattern::parse);
    }

    static ValueType<List<String>> packages() {
        return list("package names separated by ;", text -> require(text, each -> each.indexOf(' ') < 0, text));
    }

    private static <T> ValueType<List<T>> list(String allowed, Function<String, T> reader) {
        return of(allowed, text -> {
            List<T> list = new ArrayList<>();
            for (String element : text.split(";")) {
                if (!element.isBlank()) {
                    list.add(reader.apply(element.trim()));
                }
            }
            return List.copyOf(list);
        });
    }

    /** A file that can be read, or nothing. */
    static ValueType<Optional<Path>> file(String allowed) {
        return new ValueType<>(allowed, false, (text, baseFolder) -> {
            if (text.isEmpty()) {
                return Optional.empty();
            }
            Path file = baseFolder.resolve(text);
            return Optional.of(require(file, each -> Files.isRegularFile(each) && Files.isReadable(each), text));
        });
    }

    /** A folder, which need not be there; nothing for {@code off}; that of the user for {@code auto}. */
    static ValueType<Optional<Path>> cacheFolder() {
        return new ValueType<>("auto, off or a folder", false, (text, baseFolder) -> switch (text) {
            case "off" -> Optional.empty();
            case "auto" -> cacheOfUser();
            default ->
                Optional.of(baseFolder
                        .resolve(require(text, any -> !any.isBlank(), text))
                        .toAbsolutePath());
        });
    }

    /**
     * By the <a href="https://specifications.freedesktop.org/basedir-spec/latest/">XDG Base Directory
     * Specification</a>. A user without a name has the home {@code ?}.
     */
    private static Optional<Path> cacheOfUser() {
        String named = System.getenv("XDG_CACHE_HOME");
        Path cache = named == null || named.isEmpty()
                ? Path.of(System.getProperty("user.home", ""), ".cache")
                : Path.of(named);
        return cache.isAbsolute() ? Optional.of(cache.resolve("stallsight")) : Optional.empty();
    }

    /** @param min in nanoseconds */
    static ValueType<Long> duration(long min, String allowed) {
        return of(allowed, text -> require(DurationText.parse(text), nanos -> nanos >= min, text));
    }

    static ValueType<Integer> number(int min, int max) {
        return of(
                "a number from " + min + " to " + max,
                text -> require(Integer.parseInt(text), number -> number >= min && number <= max, text));
    }

    /** {@code [host:]port}, or nothing for {@code off}. */
    static ValueType<Optional<String>> listenAddress() {
        return of("off or [host:]port", text -> {
            if (text.equals("off")) {
                return Optional.empty();
            }
            int port = Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
            return Optional.of(require(text, any -> port >= 0 && port <= 65535, text));
        });
    }

    /** An address of HTTP, or nothing for {@code off}. */
    static ValueType<Optional<URI>> collector() {
        return of("off or the address of a collector, such as http://localhost:4318", text -> {
            if (text.equals("off")) {
                return Optional.empty();
            }
            return Optional.of(require(URI.create(text), ValueType::isHttp, text));
        });
    }

    static ValueType<Optional<String>> traceUrl() {
        return of(
                "an address with {traceId} in it, such as https://traces.example.com/trace/{traceId}",
                text -> text.isEmpty() ? Optional.empty() : Optional.of(require(text, ValueType::isTraceUrl, text)));
    }

    private static boolean isTraceUrl(String template) {
        Request sample = new Request("", "0", "0", false);
        return !sample.link(template).equals(new Request("", "1", "0", false).link(template))
                && isHttp(URI.create(sample.link(template)));
    }

    private static boolean isHttp(URI address) {
        return ("http".equals(address.getScheme()) || "https".equals(address.getScheme())) && address.getHost() != null;
    }

    /** @param minLength shorter texts could be guessed */
    static ValueType<Optional<Secret>> secret(int minLength) {
        return new ValueType<>("at least " + minLength + " characters", true, (text, baseFolder) -> {
            if (text.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Secret(require(text, each -> each.length() >= minLength, text)));
        });
    }

    private static <T> T require(T value, Predicate<T> allowed, String text) {
        if (!allowed.test(value)) {
            throw notAllowed(text);
        }
        return value;
    }

    private static IllegalArgumentException notAllowed(String text) {
        return new IllegalArgumentException("not allowed: " + text);
    }
}
