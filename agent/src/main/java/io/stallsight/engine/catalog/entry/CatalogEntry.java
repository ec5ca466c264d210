package io.stallsight.engine.catalog.entry;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import io.stallsight.frame.FramePattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a catalog file's section. Remembers which keys were read: any other key is a mistake, as an entry with a
 * misspelt key would be an entry without that key. Errors name the file, the section, the entry and the key.
 */
public final class CatalogEntry {

    /** For readers of the file, and for the test that looks the entry's classes up; allowed in each section. */
    private static final Set<String> NOTES = Set.of("reason", "link", "versions", "optional", "jdk");

    private final String place;
    private final String library;
    private final JsonObject json;
    private final Set<String> read = new HashSet<>();

    /**
     * @param place where the entry is, for errors
     * @param library the name of the file's library
     */
    public CatalogEntry(String place, String library, JsonObject json) {
        this.place = place;
        this.library = library;
        this.json = json;
    }

    public String library() {
        return library;
    }

    public CatalogException error(String problem) {
        return new CatalogException(place + " " + problem);
    }

    public CatalogException error(String key, String problem) {
        return new CatalogException(place + ", key \"" + key + "\": " + problem);
    }

    /** A key that only readers of the file and tests need. */
    public void note(String key) {
        read.add(key);
    }

    /** @throws CatalogException if there is a key that was not read */
    public void checkAllRead() {
        for (String key : json.keySet()) {
            if (!isKnown(key)) {
                throw unknownKey();
            }
        }
    }

    private boolean isKnown(String key) {
        return read.contains(key) || NOTES.contains(key);
    }

    private CatalogException unknownKey() {
        Set<String> unknown = new TreeSet<>(json.keySet());
        unknown.removeIf(this::isKnown);
        Set<String> allowed = new TreeSet<>(NOTES);
        allowed.addAll(read);
        return error(
                "has an unknown key \"" + unknown.iterator().next() + "\"; allowed are " + String.join(", ", allowed));
    }

    /** Whether the entry is about this JDK. */
    public boolean concerns(int feature) {
        String jdk = text("jdk");
        try {
            return (jdk == null ? JdkRange.ALL : JdkRange.parse(jdk)).contains(feature);
        } catch (IllegalArgumentException e) {
            throw error("jdk", "\"" + jdk + "\" is no range such as 17, 17-20 or 21+");
        }
    }

    /** Whether the class or method may be missing. */
    public boolean isOptional() {
        return flag("optional", false) || json.has("versions");
    }

    public String reason() {
        return text("reason", "");
    }

    public String required(String key) {
        String value = text(key);
        if (value == null) {
            throw missing(key);
        }
        return value;
    }

    private CatalogException missing(String key) {
        return error("has no \"" + key + "\"; it has " + String.join(", ", json.keySet()));
    }

    @Nullable
    public String text(String key) {
        Object value = value(key);
        if (value != null && !(value instanceof String)) {
            throw error(key, "must be a string");
        }
        return (String) value;
    }

    public String text(String key, String other) {
        String value = text(key);
        return value == null ? other : value;
    }

    public boolean flag(String key, boolean other) {
        Object value = value(key);
        if (value != null && !(value instanceof Boolean)) {
            throw error(key, "must be true or false");
        }
        return value == null ? other : (Boolean) value;
    }

    public int number(String key, int other) {
        Object value = value(key);
        if (value != null && !(value instanceof Number)) {
            throw error(key, "must be a number");
        }
        return value == null ? other : ((Number) value).intValue();
    }

    /** One of a few values, which must be there. */
    public String oneOf(String key, List<String> allowed) {
        String value = text(key);
        if (value == null) {
            throw error("has no \"" + key + "\"; allowed are " + String.join(", ", allowed));
        }
        if (!allowed.contains(value)) {
            throw error(key, "\"" + value + "\" is not one of " + String.join(", ", allowed));
        }
        return value;
    }

    public <E extends Enum<E>> @Nullable E constant(String key, Class<E> type) {
        return text(key) == null ? null : requiredConstant(key, type);
    }

    public <E extends Enum<E>> E requiredConstant(String key, Class<E> type) {
        String value = text(key);
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(value)) {
                return constant;
            }
            names.add(constant.name());
        }
        return Enum.valueOf(type, oneOf(key, names)); // it throws, with the names
    }

    /** A list, or one string without brackets; empty if it is missing. */
    public List<String> texts(String key) {
        try {
            return strings(value(key));
        } catch (ClassCastException e) {
            throw error(key, "must be a string or a list of strings");
        }
    }

    public List<String> requiredTexts(String key) {
        List<String> texts = texts(key);
        if (texts.isEmpty()) {
            throw missing(key);
        }
        return texts;
    }

    public List<MethodPattern> methods(String key) {
        List<MethodPattern> methods = new ArrayList<>();
        for (String text : texts(key)) {
            try {
                methods.add(MethodPattern.parse(text));
            } catch (IllegalArgumentException e) {
                throw error(key, String.valueOf(e.getMessage()));
            }
        }
        return methods;
    }

    public List<MethodPattern> requiredMethods(String key) {
        requiredTexts(key);
        return methods(key);
    }

    public List<FramePattern> requiredFrames(String key) {
        List<FramePattern> frames = new ArrayList<>();
        for (String text : requiredTexts(key)) {
            try {
                frames.add(FramePattern.parse(text));
            } catch (IllegalArgumentException e) {
                throw error(key, String.valueOf(e.getMessage()));
            }
        }
        return frames;
    }

    /** @throws ClassCastException if the value is neither a string nor a list of strings */
    public static List<String> strings(@Nullable Object value) {
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

    private @Nullable Object value(String key) {
        read.add(key);
        return json.get(key);
    }
}
