package io.stallsight.engine.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page, from the agent jar: {@value #PAGE} and the files that it references. They are loaded at the
 * start. A name in a request is only looked up among them, so that no request can read another file of the jar.
 */
final class Assets {

    /**
     * One file.
     *
     * @param etag value of the header {@code ETag}; differs if the content differs
     */
    record Asset(String contentType, String text, String etag) {}

    static final String PAGE = "index.html";
    static final Pattern REFERENCE =
            Pattern.compile("<link rel=\"stylesheet\" href=\"([^\"]+)\">|<script src=\"([^\"]+)\"></script>");

    private final Map<String, Asset> byName = new LinkedHashMap<>();

    private Assets() {}

    static Assets load() {
        Assets assets = new Assets();
        String page = assets.add(PAGE);
        Matcher references = REFERENCE.matcher(page);
        while (references.find()) {
            assets.add(references.group(1) == null ? references.group(2) : references.group(1));
        }
        return assets;
    }

    private String add(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the agent jar has no " + name);
            }
            byte[] bytes = in.readAllBytes();
            CRC32 sum = new CRC32();
            sum.update(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            byName.put(name, new Asset(contentType(name), text, "\"" + Long.toHexString(sum.getValue()) + "\""));
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nullable
    Asset get(String name) {
        return byName.get(name);
    }

    /** @throws IllegalArgumentException if there is no asset with this name */
    String text(String name) {
        Asset asset = byName.get(name);
        if (asset == null) {
            throw new IllegalArgumentException("no asset " + name);
        }
        return asset.text;
    }

    private static String contentType(String name) {
        if (name.endsWith(".css")) {
            return "text/css; charset=utf-8";
        }
        return name.endsWith(".js") ? "text/javascript; charset=utf-8" : Reply.HTML;
    }
}
