package io.stallsight.engine.catalog;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The files of the agent's own catalog, as the build packs them ({@code .mvn/PackCatalog.java}).
 *
 * <p><b>Problem.</b> A JVM that has just started interprets its code. To parse 200 KB of JSON took it a tenth of the
 * agent's start, and as much of the compiler's time again.
 *
 * <p><b>Layout.</b> Numbers are big-endian. Each string is there once. Links are left out, as only readers of the files
 * need them.
 *
 * <pre>
 *   short  number of strings
 *   for each string: short length in bytes
 *   the strings (UTF-8)
 *   until the end, for each file: short its name, its value
 * </pre>
 *
 * A value begins with a byte: <code>{</code> (short number of keys, then for each short key and value), {@code [}
 * (short number of elements, elements), {@code "} (short string), {@code 0} (int), {@code t}, {@code f}, {@code n}
 * (null).
 */
final class PackedFiles {

    private final ByteBuffer packed;
    private final String[] strings;

    private PackedFiles(byte[] bytes) {
        packed = ByteBuffer.wrap(bytes);
        strings = new String[number()];
        int text = (1 + strings.length) * Short.BYTES;
        for (int i = 0; i < strings.length; i++) {
            int length = number();
            strings[i] = new String(bytes, text, length, StandardCharsets.UTF_8);
            text += length;
        }
        packed.position(text);
    }

    /** Gives each file, with its name, in their order. */
    static void read(byte[] bytes, BiConsumer<String, JsonObject> to) {
        PackedFiles files = new PackedFiles(bytes);
        while (files.packed.hasRemaining()) {
            to.accept(files.string(), (JsonObject) Objects.requireNonNull(files.value()));
        }
    }

    private @Nullable Object value() {
        byte type = packed.get();
        return switch (type) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case '0' -> packed.getInt();
            case 't' -> true;
            case 'f' -> false;
            case 'n' -> null;
            default -> throw new IllegalStateException("the catalog was not packed by this build");
        };
    }

    private JsonObject object() {
        int size = number();
        JsonObject object = new JsonObject();
        for (int i = 0; i < size; i++) {
            object.put(string(), value());
        }
        return object;
    }

    private JsonArray array() {
        int size = number();
        JsonArray array = new JsonArray(size);
        for (int i = 0; i < size; i++) {
            array.add(value());
        }
        return array;
    }

    private String string() {
        return strings[number()];
    }

    private int number() {
        return Short.toUnsignedInt(packed.getShort());
    }
}
