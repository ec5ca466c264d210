package io.stallsight.it.catalog;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import io.stallsight.it.catalog.Claim.Expectation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One file of the agent's catalog, and its claims about the code of the JDK or of a library. */
record CatalogFile(String fileName, JsonObject content) {

    /** Sections whose methods are woven. */
    private static final List<String> WOVEN_SECTIONS = List.of(
            "blocking",
            "idle",
            "task",
            "context",
            "loop",
            "quiet",
            "selector",
            "connection",
            "origin",
            "borrow",
            "lease",
            "host",
            "thread",
            "tool",
            "skip",
            "request");

    /** Sections whose frames the agent searches on a stack. */
    private static final List<String> FRAME_SECTIONS = List.of("allow", "disallow", "loopFrames");

    /** Keys of a pool whose value is a member of its class or of a superclass in the JDK. */
    private static final List<String> POOL_PATHS = List.of(
            "active",
            "idle",
            "size",
            "max",
            "queued",
            "capacity",
            "completed",
            "rejected",
            "workers",
            "lock",
            "members",
            "name");

    /** Keys of a worker thread's class whose value is a member of that class. */
    private static final List<String> WORKER_PATHS = List.of("pool", "mounted");

    private static final List<String> API_PACKAGES = List.of("java.sql.", "javax.sql.", "javax.transaction.xa.");

    static CatalogFile read(Path file) throws IOException {
        try {
            return new CatalogFile(
                    file.getFileName().toString(), JsonParser.object().from(Files.readString(file)));
        } catch (JsonParserException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    String library() {
        return content.getString("library");
    }

    List<JsonObject> entries(String section) {
        JsonArray entries = content.getArray(section, new JsonArray());
        return entries.stream().map(JsonObject.class::cast).toList();
    }

    List<Claim> claims() {
        List<Claim> claims = new ArrayList<>();
        for (String section : WOVEN_SECTIONS) {
            for (JsonObject entry : entries(section)) {
                addMethods(
                        claims, section, entry, entry.getBoolean("callSite") ? Expectation.CALLED : Expectation.WOVEN);
            }
        }
        for (String section : List.of("task", "origin")) {
            entries(section).forEach(entry -> addPath(claims, section, entry, "executor"));
        }
        entries("lease").forEach(entry -> addPath(claims, "lease", entry, "pool"));
        entries("policy").forEach(entry -> addMethods(claims, "policy", entry, Expectation.FRAME));
        entries("names").forEach(entry -> addMethods(claims, "names", entry, Expectation.FRAME));
        for (JsonObject entry : entries("gauges")) {
            for (String gauge : List.of("pending", "channels")) {
                if (entry.has(gauge)) {
                    add(claims, "gauges", entry, Expectation.FRAME, entry.getString("class"), entry.getString(gauge));
                }
            }
        }
        for (JsonObject entry : entries("connection")) {
            if (entry.has("connected")) {
                add(
                        claims,
                        "connection",
                        entry,
                        Expectation.FRAME,
                        entry.getString("class"),
                        entry.getString("connected"));
            }
        }
        for (JsonObject entry : entries("addresses")) {
            for (String key : List.of("local", "remote")) {
                addPath(claims, "addresses", entry, key);
            }
        }
        for (JsonObject entry : entries("pools")) {
            add(claims, "pools", entry, Expectation.CLASS, entry.getString("class"), null);
            for (String key : entry.getBoolean("worker") ? WORKER_PATHS : POOL_PATHS) {
                addPath(claims, "pools", entry, key);
            }
        }
        for (JsonObject entry : entries("futures")) {
            Stream.concat(strings(entry, "leads").stream(), strings(entry, "runner").stream())
                    .forEach(field ->
                            add(claims, "futures", entry, Expectation.MEMBER, entry.getString("class"), field));
        }
        entries("host").forEach(entry -> addPath(claims, "host", entry, "field"));
        for (String section : FRAME_SECTIONS) {
            for (JsonObject entry : entries(section)) {
                strings(entry, "frames").forEach(frame -> addFrame(claims, section, entry, frame));
            }
        }
        entries("threads").forEach(entry -> addThread(claims, entry));
        entries("shapes").forEach(entry -> addShape(claims, entry));
        strings(content, "callSiteClasses")
                .forEach(name -> add(claims, "callSiteClasses", new JsonObject(), Expectation.CLASS, name, null));
        return claims;
    }

    /** Adds the first member of a path. The further members depend on the object that the first one holds. */
    private static void addPath(List<Claim> claims, String section, JsonObject entry, String key) {
        String path = entry.getString(key);
        if (path != null && !Character.isDigit(path.charAt(0))) {
            add(claims, section, entry, Expectation.MEMBER, entry.getString("class"), path.split("[.\\[]", 2)[0]);
        }
    }

    private static void addMethods(List<Claim> claims, String section, JsonObject entry, Expectation expectation) {
        for (String method : strings(entry, "methods")) {
            add(claims, section, entry, expectation, entry.getString("class"), method);
        }
    }

    /**
     * Adds {@code class}, {@code class#method} or {@code package.**}. A method of any class ({@code **#x}) is no claim
     * about one class.
     */
    private static void addFrame(List<Claim> claims, String section, JsonObject entry, String frame) {
        int hash = frame.indexOf('#');
        String owner = hash < 0 ? frame : frame.substring(0, hash);
        if (owner.equals("**")) {
            return;
        }
        if (owner.endsWith("**")) {
            add(claims, section, entry, Expectation.PACKAGE, owner.substring(0, owner.length() - 2), null);
        } else if (hash < 0) {
            add(claims, section, entry, Expectation.CLASS, owner, null);
        } else {
            boolean isOverridden = entry.getBoolean("overrides", false);
            Expectation expectation = isOverridden ? Expectation.OVERRIDDEN : Expectation.FRAME;
            add(claims, section, entry, expectation, owner, frame.substring(hash + 1));
        }
    }

    private static void addThread(List<Claim> claims, JsonObject entry) {
        String type = entry.getString("class");
        if (type != null) {
            add(claims, "threads", entry, Expectation.CLASS, type, null);
        }
        String predicate = entry.getString("predicate");
        if (predicate != null) {
            String[] parts = predicate.split("#", 2);
            add(claims, "threads", entry, Expectation.PREDICATE, parts[0], parts[1]);
        }
    }

    /** Drivers implement a shape: the interface of that name must have its methods. */
    private static void addShape(List<Claim> claims, JsonObject entry) {
        String api = API_PACKAGES.stream()
                .map(prefix -> prefix + entry.getString("api"))
                .filter(CatalogFile::exists)
                .findFirst()
                .orElse(entry.getString("api"));
        Stream.concat(strings(entry, "declares").stream(), strings(entry, "methods").stream())
                .forEach(method -> add(claims, "shapes", entry, Expectation.API, api, method));
    }

    private static boolean exists(String className) {
        try {
            Class.forName(className, false, ClassLoader.getPlatformClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static void add(
            List<Claim> claims,
            String section,
            JsonObject entry,
            Expectation expectation,
            String owner,
            @Nullable String method) {
        String range = entry.getString("jdk", entry.getString("versions"));
        claims.add(new Claim(
                section,
                expectation,
                owner,
                method == null ? null : MethodPattern.parse(method),
                range == null ? VersionRange.ALL : new VersionRange(range),
                entry.getBoolean("optional")));
    }

    /** Returns the strings of an array, or a single string; empty without the key. */
    static List<String> strings(JsonObject parent, String key) {
        Object value = parent.get(key);
        if (value instanceof JsonArray array) {
            return array.stream().map(String.class::cast).toList();
        }
        return value == null ? List.of() : List.of((String) value);
    }

    @Override
    public String toString() {
        return fileName;
    }
}
