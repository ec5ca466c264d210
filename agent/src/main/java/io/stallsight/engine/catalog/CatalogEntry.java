package io.stallsight.engine.catalog;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import io.stallsight.api.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a catalog file's section. Remembers which keys were asked for: what nobody asks for in this section is a
 * mistake, as an entry with a misspelt key would be an entry without that key.
 */
final class CatalogEntry {

    /** For readers, and for the test of the catalog; allowed in each section. */
    private static final Set<String> NOTES = Set.of("reason", "link", "versions", "optional", "jdk", "callSite");

    private final JsonObject json;
    private final Set<String> asked = new HashSet<>(NOTES);

    CatalogEntry(JsonObject json) {
        this.json = json;
    }

    /** The entries of a section; none if there is no such section. */
    static List<CatalogEntry> of(JsonObject file, String section) {
        List<CatalogEntry> entries = new ArrayList<>();
        Object value = file.get(section);
        if (value == null) {
            return entries;
        }
        if (!(value instanceof JsonArray array)) {
            throw new IllegalArgumentException("\"" + section + "\" is not a list");
        }
        for (Object element : array) {
            entries.add(new CatalogEntry((JsonObject) element));
        }
        return entries;
    }

    /** @throws IllegalArgumentException if there is a key that was not asked for */
    void checkAllAsked(String section) {
        Set<String> unknown = new TreeSet<>(json.keySet());
        unknown.removeAll(asked);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown key \"" + unknown.iterator().next() + "\" in \"" + section + "\"; allowed are "
                            + String.join(", ", new TreeSet<>(asked)));
        }
    }

    /** Whether the entry is about this JDK. */
    boolean concerns(int feature) {
        String jdk = text("jdk");
        return (jdk == null ? JdkRange.ALL : JdkRange.parse(jdk)).contains(feature);
    }

    /** Whether what it names may be missing. */
    boolean isOptional() {
        return flag("optional", false) || json.has("versions");
    }

    String reason() {
        return text("reason", "");
    }

    String required(String key) {
        String value = text(key);
        if (value == null) {
            throw new IllegalArgumentException("an entry has no \"" + key + "\": " + json);
        }
        return value;
    }

    @Nullable
    String text(String key) {
        return string(value(key));
    }

    String text(String key, String other) {
        String value = text(key);
        return value == null ? other : value;
    }

    boolean flag(String key, boolean other) {
        Object value = value(key);
        return value == null ? other : (Boolean) value;
    }

    int number(String key, int other) {
        Object value = value(key);
        return value == null ? other : ((Number) value).intValue();
    }

    @Nullable
    Kind kind() {
        String kind = text("kind");
        return kind == null ? null : Kind.valueOf(kind);
    }

    /** A list, or one that is written without brackets; empty if it is missing. */
    List<String> texts(String key) {
        return strings(value(key));
    }

    /** As {@link #texts}, for a value that is no entry's. */
    static List<String> strings(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof String one) {
            return List.of(one);
        }
        List<String> strings = new ArrayList<>();
        for (Object element : (JsonArray) value) {
            strings.add((String) element);
        }
        return strings;
    }

    private static @Nullable String string(@Nullable Object value) {
        return (String) value;
    }

    private @Nullable Object value(String key) {
        asked.add(key);
        return json.get(key);
    }
}
