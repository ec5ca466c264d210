package io.stallsight.engine.catalog;

import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads catalog files for one JDK feature version; entries about other versions are left out. */
public final class CatalogReader {

    private static final String FOLDER = "catalog/";
    private final Catalog catalog = new Catalog();
    private final CatalogSections sections;

    /** @param feature version of the JDK, such as 17 */
    public CatalogReader(int feature) {
        sections = new CatalogSections(feature, catalog);
    }

    /** Reads every file that {@code catalog/index.txt} names, through the engine's loader. */
    public CatalogReader readBuiltIn() {
        for (String name : resource(FOLDER + "index.txt").split("\\R")) {
            if (!name.isBlank() && !name.startsWith("#")) {
                read(resource(FOLDER + name.trim()), name.trim());
            }
        }
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

    public Catalog catalog() {
        return catalog;
    }

    private static String resource(String name) {
        try (InputStream in = CatalogReader.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new CatalogException(name + " is missing in the agent jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CatalogException(name + " cannot be read: " + e);
        }
    }

    void read(String json, String source) {
        try {
            sections.add(JsonParser.object().from(json), source);
        } catch (JsonParserException | IllegalArgumentException | ClassCastException | NullPointerException e) {
            throw new CatalogException("catalog file " + source + ": " + e.getMessage());
        }
    }
}
