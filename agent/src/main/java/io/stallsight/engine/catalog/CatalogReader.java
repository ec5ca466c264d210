package io.stallsight.engine.catalog;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import io.stallsight.api.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads catalog files for one JDK feature version; entries about other versions are left out. */
public final class CatalogReader {

    private static final String FOLDER = "catalog/";
    private static final Set<String> KEYS = Set.of(
            "library",
            "title",
            "link",
            "packages",
            "blocking",
            "scopes",
            "idle",
            "takes",
            "hands",
            "queues",
            "runs",
            "rejects",
            "pools",
            "workers",
            "futures",
            "starts",
            "carries",
            "resumes",
            "polls",
            "events",
            "begins",
            "quiet",
            "select",
            "selectorClose",
            "connects",
            "disconnects",
            "connected",
            "reads",
            "writes",
            "makes",
            "passes",
            "asks",
            "serves",
            "hosts",
            "threadStart",
            "threadEnd",
            "shapes",
            "threads",
            "recordedThreads",
            "allow",
            "disallow",
            "loops",
            "notLoops",
            "names",
            "callSiteClasses",
            "addresses",
            "gauges",
            "asked",
            "integrations",
            "tells",
            "takeOvers");

    private static final Set<String> ENTRY_KEYS = Set.of(
            "active",
            "api",
            "as",
            "atLeastMicros",
            "blocks",
            "calls",
            "callSite",
            "capacity",
            "channels",
            "class",
            "completed",
            "connected",
            "declares",
            "direct",
            "doing",
            "executor",
            "field",
            "fix",
            "frames",
            "idle",
            "jdk",
            "kind",
            "leads",
            "link",
            "local",
            "lock",
            "loop",
            "marker",
            "max",
            "members",
            "methods",
            "mounted",
            "name",
            "optional",
            "pending",
            "pool",
            "predicate",
            "predicates",
            "queued",
            "reason",
            "refuses",
            "rejected",
            "remote",
            "role",
            "runner",
            "scope",
            "size",
            "strict",
            "strictOnly",
            "subject",
            "takes",
            "title",
            "versions",
            "virtual",
            "when",
            "workerThread",
            "workers");

    private final int feature;
    private final Catalog catalog = new Catalog();

    public CatalogReader(int feature) {
        this.feature = feature;
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
            JsonObject file = JsonParser.object().from(json);
            for (String key : file.keySet()) {
                if (!KEYS.contains(key)) {
                    throw new IllegalArgumentException("unknown key \"" + key + "\"");
                }
            }
            addTo(file, file.getString("library", source));
        } catch (JsonParserException | IllegalArgumentException | ClassCastException | NullPointerException e) {
            throw new CatalogException("catalog file " + source + ": " + e.getMessage());
        }
    }

    private void addTo(JsonObject file, String library) {
        for (String prefix : strings(file, "packages")) {
            catalog.addLibraryPackage(prefix.endsWith("**") ? prefix.substring(0, prefix.length() - 2) : prefix);
        }
        points(file, "blocking", library, Point.Type.BLOCKING);
        points(file, "scopes", library, Point.Type.SCOPE);
        points(file, "idle", library, Point.Type.IDLE);
        points(file, "takes", library, Point.Type.TAKEN);
        points(file, "hands", library, Point.Type.HANDED);
        points(file, "queues", library, Point.Type.QUEUED);
        points(file, "runs", library, Point.Type.RUN);
        points(file, "rejects", library, Point.Type.REJECTED);
        points(file, "starts", library, Point.Type.START);
        points(file, "carries", library, Point.Type.CARRY);
        points(file, "resumes", library, Point.Type.RESUME);
        points(file, "polls", library, Point.Type.POLL);
        points(file, "events", library, Point.Type.EVENT);
        points(file, "begins", library, Point.Type.LOOP_BEGIN);
        points(file, "quiet", library, Point.Type.QUIET);
        points(file, "select", library, Point.Type.SELECT);
        points(file, "selectorClose", library, Point.Type.SELECTOR_CLOSE);
        points(file, "connects", library, Point.Type.CONNECT);
        points(file, "disconnects", library, Point.Type.DISCONNECT);
        points(file, "connected", library, Point.Type.CONNECTED);
        points(file, "reads", library, Point.Type.READ);
        points(file, "writes", library, Point.Type.WRITE);
        points(file, "makes", library, Point.Type.MAKE);
        points(file, "passes", library, Point.Type.PASS);
        points(file, "asks", library, Point.Type.ASK);
        points(file, "serves", library, Point.Type.SERVE);
        points(file, "hosts", library, Point.Type.HOST);
        points(file, "threadStart", library, Point.Type.THREAD_START);
        points(file, "threadEnd", library, Point.Type.THREAD_END);
        points(file, "tells", library, Point.Type.TELLS);
        points(file, "takeOvers", library, Point.Type.TAKE_OVER);
        for (JsonObject entry : objects(file, "integrations")) {
            if (!entry.getBoolean("predicates", true)) {
                catalog.addIntegrationWithoutThreads(required(entry, "name"));
            }
        }
        for (JsonObject entry : objects(file, "asked")) {
            asked(entry);
        }
        for (JsonObject entry : objects(file, "shapes")) {
            shape(entry, library);
        }
        for (JsonObject entry : objects(file, "recordedThreads")) {
            catalog.addRecorded(
                    new ThreadRule(null, required(entry, "name"), null, false, entry.getString("reason", "")));
        }
        for (JsonObject entry : objects(file, "threads")) {
            catalog.add(new ThreadRule(
                    entry.getString("class"),
                    entry.getString("name"),
                    entry.getString("predicate"),
                    entry.getBoolean("blocks", false),
                    entry.getString("reason", "")));
        }
        frameRules(file, "allow", library, true);
        frameRules(file, "disallow", library, false);
        for (JsonObject entry : objects(file, "loops")) {
            for (String frame : strings(entry, "frames")) {
                catalog.addLoop(new FrameRule(frame, true, false, false, entry.getString("reason", ""), library));
            }
        }
        for (JsonObject entry : objects(file, "notLoops")) {
            for (String frame : strings(entry, "frames")) {
                catalog.addNotLoop(new FrameRule(frame, true, false, false, entry.getString("reason", ""), library));
            }
        }
        for (JsonObject entry : objects(file, "names")) {
            for (String method : strings(entry, "methods")) {
                catalog.add(new NameRule(
                        required(entry, "class"), method, kind(entry), entry.getString("fix"), entry.getString("as")));
            }
        }
        for (JsonObject entry : objects(file, "gauges")) {
            catalog.add(
                    new GaugeRule(required(entry, "class"), entry.getString("pending"), entry.getString("channels")));
        }
        for (JsonObject entry : objects(file, "disconnects")) {
            String connected = entry.getString("connected");
            if (connected != null) {
                catalog.add(new ConnectionRule(required(entry, "class"), connected));
            }
        }
        for (JsonObject entry : objects(file, "addresses")) {
            if (concerns(entry)) {
                catalog.add(
                        new AddressRule(required(entry, "class"), required(entry, "local"), required(entry, "remote")));
            }
        }
        for (JsonObject entry : objects(file, "pools")) {
            if (concerns(entry)) {
                catalog.add(pool(entry));
            }
        }
        for (JsonObject entry : objects(file, "workers")) {
            if (concerns(entry)) {
                catalog.add(new WorkerRule(
                        required(entry, "class"),
                        entry.getString("title"),
                        entry.getString("pool"),
                        entry.getString("mounted")));
            }
        }
        for (JsonObject entry : objects(file, "hosts")) {
            HostRule.Role role = HostRule.Role.valueOf(required(entry, "role"));
            catalog.add(new HostRule(required(entry, "class"), role, entry.getString("field")));
        }
        for (JsonObject entry : objects(file, "futures")) {
            if (concerns(entry)) {
                catalog.add(
                        new FutureRule(required(entry, "class"), strings(entry, "leads"), entry.getString("runner")));
            }
        }
        for (String className : strings(file, "callSiteClasses")) {
            catalog.addCallSiteClass(className);
        }
    }

    private static PoolRule pool(JsonObject entry) {
        return new PoolRule(
                required(entry, "class"),
                required(entry, "title"),
                entry.getString("active"),
                entry.getString("idle"),
                entry.getString("size"),
                entry.getString("max"),
                entry.getString("queued"),
                entry.getString("capacity"),
                entry.getString("completed"),
                entry.getString("rejected"),
                entry.getString("workers"),
                entry.getString("workerThread"),
                entry.getString("lock"),
                entry.getString("members"));
    }

    private void frameRules(JsonObject file, String key, String library, boolean allow) {
        for (JsonObject entry : objects(file, key)) {
            if (concerns(entry)) {
                for (String frame : strings(entry, "frames")) {
                    catalog.add(new FrameRule(
                            frame,
                            allow,
                            entry.getBoolean("direct", false),
                            entry.getBoolean("strictOnly", false),
                            entry.getString("reason", ""),
                            library));
                }
            }
        }
    }

    private void points(JsonObject file, String key, String library, Point.Type type) {
        for (JsonObject entry : objects(file, key)) {
            if (concerns(entry)) {
                String owner = required(entry, "class");
                for (String method : strings(entry, "methods")) {
                    catalog.add(point(entry, library, type, owner, MethodPattern.parse(method)));
                }
            }
        }
    }

    private void asked(JsonObject entry) {
        if (concerns(entry)) {
            for (String method : strings(entry, "methods")) {
                for (String calls : strings(entry, "calls")) {
                    catalog.add(new AskedRule(
                            calls,
                            strings(entry, "calls").get(0),
                            required(entry, "class"),
                            MethodPattern.parse(method),
                            entry.getBoolean("virtual", true)));
                }
            }
        }
    }

    private void shape(JsonObject entry, String library) {
        if (!concerns(entry)) {
            return;
        }
        List<MethodPattern> declares = new ArrayList<>();
        for (String method : strings(entry, "declares")) {
            declares.add(MethodPattern.parse(method));
        }
        String name = entry.getString("api", "") + " by shape";
        Point.Type type = entry.getBoolean("scope", false) ? Point.Type.SCOPE : Point.Type.BLOCKING;
        List<Point> points = new ArrayList<>();
        for (String method : strings(entry, "methods")) {
            Point point = point(entry, library, type, entry.getString("api", name), MethodPattern.parse(method));
            catalog.addToShape(point);
            points.add(point);
        }
        catalog.add(new Shape(name, declares, points, entry.getString("marker", "java/sql/")));
    }

    private Point point(JsonObject entry, String library, Point.Type type, String owner, MethodPattern method) {
        boolean optional = entry.getBoolean("optional", false) || entry.has("versions");
        Point.Type effective = type;
        if (type == Point.Type.IDLE && entry.getBoolean("loop", false)) {
            effective = Point.Type.LOOP;
        } else if (type == Point.Type.IDLE && entry.getBoolean("takes", false)) {
            effective = Point.Type.TAKE;
        } else if (type == Point.Type.QUEUED && entry.getBoolean("refuses", false)) {
            effective = Point.Type.OFFERED;
        }
        return new Point(
                catalog.nextId(),
                library,
                effective,
                owner,
                method,
                kind(entry),
                entry.getString("api", simpleName(owner)),
                entry.getString("doing"),
                subject(entry.getString("subject")),
                entry.getString("executor"),
                "blocking-mode".equals(entry.getString("when")),
                "inside".equals(entry.getString("strict")),
                TimeUnit.MICROSECONDS.toNanos(entry.getInt("atLeastMicros", 0)),
                !optional);
    }

    private boolean concerns(JsonObject entry) {
        String jdk = entry.getString("jdk");
        return (jdk == null ? JdkRange.ALL : JdkRange.parse(jdk)).contains(feature);
    }

    private static int subject(@Nullable String text) {
        if (text == null) {
            return Point.NO_SUBJECT;
        }
        boolean argument = text.length() == "arg0".length()
                && text.startsWith("arg")
                && Character.isDigit(text.charAt("arg".length()));
        if (!argument && !text.equals("this")) {
            throw new IllegalArgumentException("bad subject \"" + text + "\"; allowed is this or arg0 to arg9");
        }
        return !argument ? Point.RECEIVER : text.charAt(text.length() - 1) - '0';
    }

    private static @Nullable Kind kind(JsonObject entry) {
        String kind = entry.getString("kind");
        return kind == null ? null : Kind.valueOf(kind);
    }

    /** A class as people call it: {@code java.net.Socket$SocketInputStream} is {@code SocketInputStream}. */
    public static String simpleName(String className) {
        // a Scala object's class ends with a dollar sign
        String name = className.endsWith("$") ? className.substring(0, className.length() - 1) : className;
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    private static String required(JsonObject entry, String key) {
        String value = entry.getString(key);
        if (value == null) {
            throw new IllegalArgumentException("an entry has no \"" + key + "\": " + entry);
        }
        return value;
    }

    private static List<JsonObject> objects(JsonObject parent, String key) {
        Object value = parent.get(key);
        List<JsonObject> objects = new ArrayList<>();
        if (value != null) {
            if (!(value instanceof JsonArray array)) {
                throw new IllegalArgumentException("\"" + key + "\" is not a list");
            }
            for (Object element : array) {
                JsonObject entry = (JsonObject) element;
                for (String entryKey : entry.keySet()) {
                    if (!ENTRY_KEYS.contains(entryKey)) {
                        throw new IllegalArgumentException("unknown key \"" + entryKey + "\" in \"" + key + "\"");
                    }
                }
                objects.add(entry);
            }
        }
        return objects;
    }

    private static List<String> strings(JsonObject parent, String key) {
        Object value = parent.get(key);
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
}
