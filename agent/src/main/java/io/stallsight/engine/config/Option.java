package io.stallsight.engine.config;

import io.stallsight.frame.FramePattern;
import io.stallsight.text.Glob;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An option: its key, which is public contract, its default and the values that it takes. The constants are all options
 * that exist. Which of them may change at run time is up to {@code engine.control.Operator}, where each has its effect.
 *
 * @param <T> the type of its value
 */
public final class Option<T> {

    /** Filled by the constants below, in their order. */
    private static final List<Option<?>> ALL = new ArrayList<>();

    private static final int MIN_TOKEN_LENGTH = 16;
    private static final int MAX_FAN_OUT = 1_000_000;

    public static final Option<Mode> MODE = new Option<>("mode", "observe", ValueType.word(Mode.class));
    public static final Option<List<Glob>> THREADS = new Option<>("threads", "", ValueType.globs());
    public static final Option<List<Glob>> THREADS_EXCLUDE = new Option<>("threads.exclude", "", ValueType.globs());
    public static final Option<List<String>> PACKAGES = new Option<>("packages", "", ValueType.packages());
    public static final Option<List<FramePattern>> ALLOW = new Option<>("allow", "", ValueType.frames());
    public static final Option<Optional<Path>> CATALOG =
            new Option<>("catalog", "", ValueType.file("a readable catalog file"));
    public static final Option<Optional<Path>> CONFIG =
            new Option<>("config", "", ValueType.file("a readable properties file"));

    /** Shorter blocking calls are counted, not reported; nanoseconds. */
    public static final Option<Long> THRESHOLD_BLOCKING =
            new Option<>("threshold.blocking", "1ms", ValueType.duration(0, "a duration such as 0, 500us, 1ms or 2s"));

    /** A longer tick is a stall; nanoseconds. */
    public static final Option<Long> THRESHOLD_STALL = new Option<>(
            "threshold.stall",
            "100ms",
            ValueType.duration(TimeUnit.MILLISECONDS.toNanos(1), "a duration of at least 1ms, such as 50ms or 1s"));

    /** A pool that is full for longer while tasks wait is exhausted; nanoseconds. */
    public static final Option<Long> THRESHOLD_POOL = new Option<>(
            "threshold.pool",
            "1s",
            ValueType.duration(
                    TimeUnit.MILLISECONDS.toNanos(100), "a duration of at least 100ms, such as 500ms or 5s"));

    /** More connections or requests in flight from one site to one downstream are fan-out. */
    public static final Option<Integer> THRESHOLD_FANOUT =
            new Option<>("threshold.fanout", "100", ValueType.number(1, MAX_FAN_OUT));

    /** Between samples, and between periodic events; nanoseconds. */
    public static final Option<Long> INTERVAL = new Option<>(
            "interval",
            "1s",
            ValueType.duration(
                    TimeUnit.MILLISECONDS.toNanos(100), "a duration of at least 100ms, such as 500ms or 10s"));

    public static final Option<Optional<String>> HTTP = new Option<>("http", "off", ValueType.listenAddress());
    public static final Option<Optional<Secret>> HTTP_TOKEN =
            new Option<>("http.token", "", ValueType.secret(MIN_TOKEN_LENGTH));
    public static final Option<Optional<URI>> OTLP = new Option<>("otlp", "off", ValueType.collector());
    public static final Option<Detail> DETAIL = new Option<>("detail", "shape", ValueType.word(Detail.class));
    public static final Option<BlockHoundCalls> BLOCKHOUND =
            new Option<>("blockhound", "today", ValueType.word(BlockHoundCalls.class));

    public static final Option<Optional<Path>> CACHE = new Option<>("cache", "off", ValueType.cacheFolder());
    public static final Option<ServedRequests> REQUESTS =
            new Option<>("requests", "on", ValueType.word(ServedRequests.class));

    public static final Option<Optional<String>> TRACE_URL = new Option<>("trace.url", "", ValueType.traceUrl());
    public static final Option<TraceEvents> TRACE_EVENTS =
            new Option<>("trace.events", "on", ValueType.word(TraceEvents.class));

    private final String key;
    private final String defaultText;
    private final ValueType<T> type;

    private Option(String key, String defaultText, ValueType<T> type) {
        this.key = key;
        this.defaultText = defaultText;
        this.type = type;
        ALL.add(this);
    }

    /** All options, in the order in which people see them. */
    public static List<Option<?>> all() {
        return List.copyOf(ALL);
    }

    /** The option with this key, or null. */
    static @Nullable Option<?> of(String key) {
        for (Option<?> option : ALL) {
            if (option.key.equals(key)) {
                return option;
            }
        }
        return null;
    }

    public String key() {
        return key;
    }

    /** The text of the value that holds where no source has one. */
    String defaultText() {
        return defaultText;
    }

    ValueType<T> type() {
        return type;
    }

    /** {@code stallsight.threshold.blocking}. */
    String systemProperty() {
        return "stallsight." + key;
    }

    /** {@code STALLSIGHT_THRESHOLD_BLOCKING}. */
    String environmentVariable() {
        return "STALLSIGHT_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return key;
    }
}
