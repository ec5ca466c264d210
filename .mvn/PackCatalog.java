import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Packs the files of the catalog into one, which {@code io.stallsight.engine.catalog.PackedFiles} reads and describes.
 * Equal files give equal bytes.
 *
 * <p>Arguments: the folder of the files, in which {@code index.txt} names them in their order; the packed file.
 */
public final class PackCatalog {

    /** For readers of the files. */
    private static final String LEFT_OUT = "link";

    private final Map<String, Integer> strings = new LinkedHashMap<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream values = new DataOutputStream(bytes);

    public static void main(String[] arguments) throws IOException, JsonParserException {
        Path folder = Path.of(arguments[0]);
        PackCatalog packed = new PackCatalog();
        for (String name : Files.readAllLines(folder.resolve("index.txt"))) {
            if (!name.isBlank() && !name.startsWith("#")) {
                packed.string(name.trim());
                packed.value(JsonParser.object().from(Files.readString(folder.resolve(name.trim()))));
            }
        }
        Path target = Path.of(arguments[1]);
        Files.createDirectories(target.getParent());
        Files.write(target, packed.bytes());
    }

    private void value(Object value) throws IOException {
        if (value instanceof JsonObject object) {
            values.writeByte('{');
            Set<String> keys = new LinkedHashSet<>(object.keySet());
            keys.remove(LEFT_OUT);
            values.writeShort(keys.size());
            for (String key : keys) {
                string(key);
                value(object.get(key));
            }
        } else if (value instanceof JsonArray array) {
            values.writeByte('[');
            values.writeShort(array.size());
            for (Object element : array) {
                value(element);
            }
        } else if (value instanceof String string) {
            values.writeByte('"');
            string(string);
        } else if (value == null) {
            values.writeByte('n');
        } else if (value instanceof Boolean flag) {
            values.writeByte(flag ? 't' : 'f');
        } else if (value instanceof Integer number) {
            values.writeByte('0');
            values.writeInt(number);
        } else {
            throw new IOException("no value of a catalog: " + value);
        }
    }

    private void string(String string) throws IOException {
        Integer known = strings.putIfAbsent(string, strings.size());
        values.writeShort(known == null ? strings.size() - 1 : known);
    }

    private byte[] bytes() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(all);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        out.writeShort(strings.size());
        for (String string : strings.keySet()) {
            byte[] encoded = string.getBytes(StandardCharsets.UTF_8);
            out.writeShort(encoded.length);
            text.write(encoded);
        }
        text.writeTo(out);
        bytes.writeTo(out);
        return all.toByteArray();
    }
}
