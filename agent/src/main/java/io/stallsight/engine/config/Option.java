package io.stallsight.engine.config;

import io.stallsight.frame.FramePattern;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The options that exist. Their keys are the public contract. */
public enum Option {
    MODE("mode", "observe", "observe, strict or off"),
    THREADS("threads", "", "thread names, * and ? allowed, separated by ;"),
    THREADS_EXCLUDE("threads.exclude", "", "thread names, * and ? allowed, separated by ;"),
    PACKAGES("packages", "", "package names separated by ;"),
    ALLOW("allow", "", FramePattern.FORMS + ", separated by ;"),
    CATALOG("catalog", "", "a readable catalog file"),
    CONFIG("config", "", "a readable properties file"),
    THRESHOLD_BLOCKING("threshold.blocking", "1ms", "a duration such as 0, 500us, 1ms or 2s"),
    THRESHOLD_STALL("threshold.stall", "100ms", "a duration of at least 1ms, such as 50ms or 1s"),
    THRESHOLD_POOL("threshold.pool", "1s", "a duration of at least 100ms, such as 500ms or 5s"),
    THRESHOLD_FANOUT("threshold.fanout", "100", "a number from 1 to 1000000"),
    INTERVAL("interval", "1s", "a duration of at least 100ms, such as 500ms or 10s"),
    HTTP("http", "off", "off or [host:]port"),
    HTTP_TOKEN("http.token", "", "at least 16 characters"),
    OTLP("otlp", "off", "off or the address of a collector, such as http://localhost:4318"),
    DETAIL("detail", "shape", "shape or full"),
    BLOCKHOUND("blockhound", "today", "today, all or off");

    private final String key;
    private final String defaultValue;
    private final String allowed;

    Option(String key, String defaultValue, String allowed) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.allowed = allowed;
    }

    public String key() {
        return key;
    }

    public String defaultValue() {
        return defaultValue;
    }

    /** What values it takes, for people. */
    public String allowed() {
        return allowed;
    }

    /** Whether its value is shown to nobody. */
    public boolean isSecret() {
        return this == HTTP_TOKEN;
    }

    /** {@code stallsight.threshold.blocking}. */
    public String systemProperty() {
        return "stallsight." + key;
    }

    /** {@code STALLSIGHT_THRESHOLD_BLOCKING}. */
    public String environmentVariable() {
        return "STALLSIGHT_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    static @Nullable Option of(String key) {
        for (Option option : values()) {
            if (option.key.equals(key)) {
                return option;
            }
        }
        return null;
    }

    /** The key with the smallest edit distance to {@code unknown}. */
    static String nearest(String unknown) {
        String best = MODE.key;
        int bestDistance = Integer.MAX_VALUE;
        for (Option option : values()) {
            int distance = distance(unknown.toLowerCase(Locale.ROOT), option.key);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = option.key;
            }
        }
        return best;
    }

    /** Whether the key is so near to an option's that it must be meant for it. */
    static boolean isTypingError(String key) {
        return distance(key, nearest(key)) <= 2;
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
