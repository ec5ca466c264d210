package io.stallsight.engine.catalog;

import com.grack.nanojson.JsonObject;
import io.stallsight.frame.FramePattern;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the entries of each section of a catalog file mean. Sections are read in the order of this class, whatever their
 * order in the file: of two rules about one frame the earlier decides.
 */
final class CatalogSections {

    private static final String PACKAGES = "packages";
    private static final String CALL_SITE_CLASSES = "callSiteClasses";

    /** What a file says of itself. */
    private static final Set<String> HEADER = Set.of("library", "title", "link", PACKAGES, CALL_SITE_CLASSES);

    private final int feature;
    private final Catalog catalog;
    private final Map<String, BiConsumer<CatalogEntry, String>> sections = new LinkedHashMap<>();

    CatalogSections(int feature, Catalog catalog) {
        this.feature = feature;
        this.catalog = catalog;
        points("blocking", Point.Type.BLOCKING);
        points("scopes", Point.Type.SCOPE);
        points("idle", Point.Type.IDLE);
        points("takes", Point.Type.TAKE);
        points("hands", Point.Type.HAND);
        points("queues", Point.Type.QUEUE);
        points("runs", Point.Type.RUN);
        points("rejects", Point.Type.REJECT);
        points("starts", Point.Type.START);
        points("carries", Point.Type.CARRY);
        points("resumes", Point.Type.RESUME);
        points("turns", Point.Type.TURN);
        points("polls", Point.Type.POLL);
        points("events", Point.Type.EVENT);
        points("begins", Point.Type.LOOP_BEGIN);
        points("quiet", Point.Type.QUIET);
        points("select", Point.Type.SELECT);
        points("selectorClose", Point.Type.SELECTOR_CLOSE);
        points("connects", Point.Type.CONNECT);
        points("disconnects", Point.Type.DISCONNECT, this::connection);
        points("connected", Point.Type.CONNECTED);
        points("reads", Point.Type.READ);
        points("writes", Point.Type.WRITE);
        points("makes", Point.Type.MAKE);
        points("passes", Point.Type.PASS);
        points("asks", Point.Type.BORROW);
        points("serves", Point.Type.LEND);
        points("hosts", Point.Type.HOST, this::host);
        points("threadStart", Point.Type.THREAD_START);
        points("threadEnd", Point.Type.THREAD_END);
        points("tells", Point.Type.TOOL_REPORT);
        points("takeOvers", Point.Type.TOOL_INSTALL);
        sections.put("integrations", (entry, library) -> integration(entry));
        sections.put("asked", (entry, library) -> asked(entry));
        sections.put("shapes", this::shape);
        sections.put("recordedThreads", (entry, library) -> recordedThread(entry));
        sections.put("threads", (entry, library) -> thread(entry));
        sections.put("allow", (entry, library) -> frames(entry, FrameRule.Effect.ALLOW, library, catalog::add));
        sections.put("disallow", (entry, library) -> frames(entry, FrameRule.Effect.DISALLOW, library, catalog::add));
        sections.put("loops", (entry, library) -> frames(entry, FrameRule.Effect.ALLOW, library, catalog::addLoop));
        sections.put(
                "notLoops", (entry, library) -> frames(entry, FrameRule.Effect.ALLOW, library, catalog::addNotLoop));
        sections.put("names", (entry, library) -> names(entry));
        sections.put("gauges", (entry, library) -> gauge(entry));
        sections.put("addresses", (entry, library) -> address(entry));
        sections.put("pools", (entry, library) -> pool(entry));
        sections.put("workers", (entry, library) -> worker(entry));
        sections.put("futures", (entry, library) -> future(entry));
        sections.put("collectors", (entry, library) -> collector(entry));
        sections.put("callBacks", (entry, library) -> entry.texts("methods").forEach(catalog::addCallBack));
        sections.put("abstractions", (entry, library) -> entry.texts("classes").forEach(catalog::addAbstraction));
    }

    /** @param source stands for the library where the file names none */
    void add(JsonObject file, String source) {
        for (String key : file.keySet()) {
            if (!HEADER.contains(key) && !sections.containsKey(key)) {
                throw new IllegalArgumentException("unknown key \"" + key + "\"");
            }
        }
        String library = file.getString("library", source);
        for (String prefix : CatalogEntry.strings(file.get(PACKAGES))) {
            catalog.addLibraryPackage(prefix.endsWith("**") ? prefix.substring(0, prefix.length() - 2) : prefix);
        }
        for (String className : CatalogEntry.strings(file.get(CALL_SITE_CLASSES))) {
            catalog.addCallSiteClass(className);
        }
        sections.forEach((section, reader) -> {
            for (CatalogEntry entry : CatalogEntry.of(file, section)) {
                if (entry.concerns(feature)) {
                    reader.accept(entry, library);
                    entry.checkAllAsked(section);
                }
            }
        });
    }

    // ---- points

    private void points(String section, Point.Type type) {
        points(section, type, entry -> {});
    }

    /** @param more what else an entry says */
    private void points(String section, Point.Type type, Consumer<CatalogEntry> more) {
        sections.put(section, (entry, library) -> {
            String owner = entry.required("class");
            for (String method : entry.texts("methods")) {
                catalog.add(point(entry, library, type, owner, MethodPattern.parse(method)));
            }
            more.accept(entry);
        });
    }

    private Point point(CatalogEntry entry, String library, Point.Type type, String owner, MethodPattern method) {
        Set<Conditions.Flag> flags = EnumSet.noneOf(Conditions.Flag.class);
        if ("blocking-mode".equals(entry.text("when"))) {
            flags.add(Conditions.Flag.ONLY_IN_BLOCKING_MODE);
        }
        if ("inside".equals(entry.text("strict"))) {
            flags.add(Conditions.Flag.REFUSE_INSIDE);
        }
        return new Point(
                catalog.nextId(),
                library,
                effective(type, entry),
                new Target(owner, method, entry.isOptional() ? Target.Presence.OPTIONAL : Target.Presence.REQUIRED),
                new Label(entry.text("api", ClassNames.simple(owner)), entry.kind(), entry.text("doing")),
                new Operands(subject(entry.text("subject")), entry.text("executor")),
                new Conditions(flags, TimeUnit.MICROSECONDS.toNanos(entry.number("atLeastMicros", 0))));
    }

    private static Point.Type effective(Point.Type type, CatalogEntry entry) {
        return switch (type) {
            case IDLE -> {
                boolean loop = entry.flag("loop", false);
                boolean takes = entry.flag("takes", false);
                yield loop ? Point.Type.LOOP_IDLE : takes ? Point.Type.TAKE_IDLE : type;
            }
            case QUEUE -> entry.flag("refuses", false) ? Point.Type.OFFER : type;
            default -> type;
        };
    }

    private static int subject(@Nullable String text) {
        if (text == null) {
            return Operands.NO_SUBJECT;
        }
        boolean argument = text.length() == "arg0".length()
                && text.startsWith("arg")
                && Character.isDigit(text.charAt("arg".length()));
        if (!argument && !text.equals("this")) {
            throw new IllegalArgumentException("bad subject \"" + text + "\"; allowed is this or arg0 to arg9");
        }
        return !argument ? Operands.RECEIVER : text.charAt(text.length() - 1) - '0';
    }

    private void connection(CatalogEntry entry) {
        String connected = entry.text("connected");
        if (connected != null) {
            catalog.add(new ConnectionRule(entry.required("class"), connected));
        }
    }

    private void host(CatalogEntry entry) {
        HostRule.Role role = HostRule.Role.valueOf(entry.required("role"));
        catalog.add(new HostRule(entry.required("class"), role, entry.text("field")));
    }

    private void asked(CatalogEntry entry) {
        List<String> calls = entry.texts("calls");
        for (String method : entry.texts("methods")) {
            for (String call : calls) {
                catalog.add(new AskedRule(
                        call,
                        calls.get(0),
                        entry.required("class"),
                        MethodPattern.parse(method),
                        entry.flag("virtual", true)));
            }
        }
    }

    private void shape(CatalogEntry entry, String library) {
        List<MethodPattern> declares = new ArrayList<>();
        for (String method : entry.texts("declares")) {
            declares.add(MethodPattern.parse(method));
        }
        String name = entry.text("api", "") + " by shape";
        Point.Type type = entry.flag("scope", false) ? Point.Type.SCOPE : Point.Type.BLOCKING;
        List<Point> points = new ArrayList<>();
        for (String method : entry.texts("methods")) {
            Point point = point(entry, library, type, entry.text("api", name), MethodPattern.parse(method));
            catalog.addToShape(point);
            points.add(point);
        }
        catalog.add(new Shape(name, declares, points, entry.text("marker", "java/sql/")));
    }

    // ---- threads and frames

    private void integration(CatalogEntry entry) {
        String name = entry.required("name");
        if (!entry.flag("predicates", true)) {
            catalog.addIntegrationWithoutThreads(name);
        }
    }

    private void recordedThread(CatalogEntry entry) {
        catalog.addRecorded(new ThreadRule(null, entry.required("name"), null, false, entry.reason()));
    }

    private void thread(CatalogEntry entry) {
        catalog.add(new ThreadRule(
                entry.text("class"),
                entry.text("name"),
                entry.text("predicate"),
                entry.flag("blocks", false),
                entry.reason()));
    }

    private static void frames(CatalogEntry entry, FrameRule.Effect effect, String library, Consumer<FrameRule> to) {
        Set<FrameRule.Trait> traits = EnumSet.noneOf(FrameRule.Trait.class);
        if (entry.flag("direct", false)) {
            traits.add(FrameRule.Trait.DIRECT);
        }
        if (entry.flag("waits", false)) {
            traits.add(FrameRule.Trait.WAIT_FOR_WORK);
        }
        if (entry.flag("strictOnly", false)) {
            traits.add(FrameRule.Trait.STRICT_ONLY);
        }
        for (String frame : entry.texts("frames")) {
            to.accept(new FrameRule(FramePattern.parse(frame), effect, traits, entry.reason(), library));
        }
    }

    private void names(CatalogEntry entry) {
        String owner = entry.required("class");
        for (String method : entry.texts("methods")) {
            catalog.add(new NameRule(owner, method, entry.kind(), entry.text("fix"), entry.text("as")));
        }
    }

    // ---- what is measured

    private void gauge(CatalogEntry entry) {
        catalog.add(new GaugeRule(entry.required("class"), entry.text("pending"), entry.text("channels")));
    }

    private void address(CatalogEntry entry) {
        catalog.add(new AddressRule(entry.required("class"), entry.required("local"), entry.required("remote")));
    }

    private void pool(CatalogEntry entry) {
        catalog.add(new PoolRule(
                entry.required("class"),
                entry.required("title"),
                entry.text("active"),
                entry.text("idle"),
                entry.text("size"),
                entry.text("max"),
                entry.text("queued"),
                entry.text("capacity"),
                entry.text("completed"),
                entry.text("rejected"),
                entry.text("workers"),
                entry.text("workerThread"),
                entry.text("lock"),
                entry.text("members")));
    }

    private void worker(CatalogEntry entry) {
        catalog.add(new WorkerRule(
                entry.required("class"), entry.text("title"), entry.text("pool"), entry.text("mounted")));
    }

    private void future(CatalogEntry entry) {
        catalog.add(new FutureRule(entry.required("class"), entry.texts("leads"), entry.text("runner")));
    }

    private void collector(CatalogEntry entry) {
        String name = entry.required("name");
        if (!entry.flag("pauses", true)) {
            catalog.addConcurrentCollector(name);
        }
    }
}
