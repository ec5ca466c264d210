package io.stallsight.engine.catalog;

import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import io.stallsight.engine.catalog.entry.CatalogException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads catalog files for one JDK feature version; entries about other versions are left out. */
public final class CatalogReader {

    /** Those of the folder {@code catalog}, as the build packs them. */
    private static final String BUILT_IN = "catalog/packed";

    /**
     * A file has 4 levels: the file, a section, an entry, a list in it. The parser calls itself at each level, so a
     * file of 20,000 levels would end in a StackOverflowError that names no file.
     */
    private static final int MAX_NESTING = 16;

    private final CatalogSections sections;
    private final List<String> deprecations = new ArrayList<>();

    /** @param feature version of the JDK, such as 17 */
    public CatalogReader(int feature) {
        this(feature, Set.of());
    }

    /** @param without names of sections that are left out */
    public CatalogReader(int feature, Set<String> without) {
        sections = new CatalogSections(feature, without);
    }

    /** Reads every file that {@code catalog/index.txt} names, through the engine's loader. */
    public CatalogReader readBuiltIn() {
        PackedFiles.read(builtIn(), (name, file) -> sections.add(file, name, deprecations::add));
        return this;
    }

    /**
     * Reads a user's file of the same format.
     *
     * @throws CatalogException if it cannot be read
     */
    public CatalogReader readFile(Path file) {
        try {
            read(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new CatalogException(
                    "catalog=" + file + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        return this;
    }

    /** What the files say. */
    public Catalog catalog() {
        return sections.catalog();
    }

    /** A line for each section that a file calls by an old name: the file, the old name and the form to write. */
    public List<String> deprecations() {
        return List.copyOf(deprecations);
    }

    private static byte[] builtIn() {
        try (InputStream in = CatalogReader.class.getClassLoader().getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new CatalogException(BUILT_IN + " is missing in the agent jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new CatalogException(BUILT_IN + " cannot be read: " + e);
        }
    }

    void read(String json, String source) {
        if (nesting(json) > MAX_NESTING) {
            throw new CatalogException(
                    "catalog file " + source + ": brackets are nested more than " + MAX_NESTING + " deep");
        }
        try {
            sections.add(JsonParser.object().from(json), source, deprecations::add);
        } catch (JsonParserException e) {
            throw new CatalogException("catalog file " + source + ": " + e.getMessage());
        }
    }

    /** How deep brackets are nested, those in strings left out. */
    private static int nesting(String json) {
        int depth = 0;
        int deepest = 0;
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inString && c == '\\') {
                i++; // the character behind it ends no string
            } else if (c == '"') {
                inString = !inString;
            } else if (!inString && (c == '{' || c == '[')) {
                deepest = Math.max(deepest, ++depth);
            } else if (!inString && (c == '}' || c == ']')) {
                depth--;
            }
        }
        return deepest;
    }
}
