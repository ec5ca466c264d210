package io.stallsight.engine.catalog;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import io.stallsight.engine.catalog.entry.CatalogEntry;
import io.stallsight.engine.catalog.entry.CatalogException;
import io.stallsight.engine.catalog.rule.AbstractionRule;
import io.stallsight.engine.catalog.rule.AddressRule;
import io.stallsight.engine.catalog.rule.CallBackRule;
import io.stallsight.engine.catalog.rule.CallSiteRule;
import io.stallsight.engine.catalog.rule.CollectorRule;
import io.stallsight.engine.catalog.rule.ExchangeRule;
import io.stallsight.engine.catalog.rule.FrameRule;
import io.stallsight.engine.catalog.rule.FutureRule;
import io.stallsight.engine.catalog.rule.GaugeRule;
import io.stallsight.engine.catalog.rule.IntegrationRule;
import io.stallsight.engine.catalog.rule.LibraryRule;
import io.stallsight.engine.catalog.rule.LoopFrameRule;
import io.stallsight.engine.catalog.rule.MadeUpNameRule;
import io.stallsight.engine.catalog.rule.NameRule;
import io.stallsight.engine.catalog.rule.OriginRule;
import io.stallsight.engine.catalog.rule.PolicyRule;
import io.stallsight.engine.catalog.rule.PoolRule;
import io.stallsight.engine.catalog.rule.RecordedThreadRule;
import io.stallsight.engine.catalog.rule.RequestRule;
import io.stallsight.engine.catalog.rule.Rule;
import io.stallsight.engine.catalog.rule.SocketRule;
import io.stallsight.engine.catalog.rule.ThreadRule;
import io.stallsight.engine.catalog.rule.TraceRule;
import io.stallsight.engine.catalog.rule.WorkerRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The sections of a catalog file: each is read by the type of its rules. Sections are read in the order of this class,
 * whatever their order in the file, as the earlier of two rules about one frame decides.
 */
final class CatalogSections {

    private static final String PACKAGES = "packages";
    private static final String CALL_SITE_CLASSES = "callSiteClasses";

    /** What a file says about itself. */
    private static final Set<String> HEADER = Set.of("library", "title", "link", PACKAGES, CALL_SITE_CLASSES);

    private final int feature;
    private final Set<String> without;
    private final CatalogBuilder catalog = new CatalogBuilder();
    private final Map<String, BiConsumer<CatalogEntry, CatalogBuilder>> readers = new LinkedHashMap<>();

    /**
     * @param feature version of the JDK: entries about other versions are read, so that mistakes are found, and left
     *     out
     * @param without sections that are read and left out as well
     */
    CatalogSections(int feature, Set<String> without) {
        this.feature = feature;
        this.without = without;
        points("blocking");
        points("idle");
        points("task");
        points("context");
        points("loop");
        points("quiet");
        points("selector");
        points("connection");
        points("exchange");
        points("origin");
        points("borrow");
        points("lease");
        points("permit");
        points("request");
        points("host");
        points("thread");
        points("tool");
        points("skip");
        rule("integrations", IntegrationRule::read);
        rules("policy", PolicyRule::read);
        readers.put("shapes", (entry, catalog) -> catalog.add(PointReader.shape(entry, catalog)));
        rule(
                "threads",
                entry -> entry.flag("recorded", false) ? RecordedThreadRule.read(entry) : ThreadRule.read(entry));
        rule("madeUpNames", MadeUpNameRule::read);
        rules("allow", entry -> FrameRule.read(entry, FrameRule.Effect.ALLOW));
        rules("disallow", entry -> FrameRule.read(entry, FrameRule.Effect.DISALLOW));
        rules("loopFrames", LoopFrameRule::read);
        rules("names", NameRule::read);
        rules("naming", CatalogSections::naming);
        rule("gauges", GaugeRule::read);
        rule("addresses", AddressRule::read);
        rule("exchanges", ExchangeRule::read);
        rule("sockets", SocketRule::read);
        rule("pools", entry -> entry.flag("worker", false) ? WorkerRule.read(entry) : PoolRule.read(entry));
        rule("requests", RequestRule::read);
        rule("traces", TraceRule::read);
        rule("futures", FutureRule::read);
        rule("collectors", CollectorRule::read);
        rule("origins", OriginRule::read);
    }

    private void points(String section) {
        readers.put(section, new PointReader(section)::read);
    }

    private void rule(String section, Function<CatalogEntry, Rule> reader) {
        readers.put(section, (entry, catalog) -> catalog.add(reader.apply(entry)));
    }

    private void rules(String section, Function<CatalogEntry, List<? extends Rule>> reader) {
        readers.put(section, (entry, catalog) -> reader.apply(entry).forEach(catalog::add));
    }

    private static List<? extends Rule> naming(CatalogEntry entry) {
        return entry.oneOf("at", List.of("callBack", "abstraction")).equals("callBack")
                ? CallBackRule.read(entry)
                : AbstractionRule.read(entry);
    }

    /**
     * Adds a file to the catalog.
     *
     * @param source names the file in errors, and stands for the library where the file names none
     * @param deprecations gets a line for each old name of a section
     */
    void add(JsonObject file, String source, Consumer<String> deprecations) {
        boolean hasOldSections = false;
        for (String key : new TreeSet<>(file.keySet())) {
            if (!HEADER.contains(key) && !readers.containsKey(key)) {
                if (OldSection.of(key) == null) {
                    throw new CatalogException("catalog file " + source + ": unknown section \"" + key
                            + "\"; sections are " + String.join(", ", new TreeSet<>(readers.keySet())));
                }
                hasOldSections = true;
            }
        }
        String library = text(file, "library", source);
        header(file, PACKAGES, source).forEach(packages -> catalog.add(LibraryRule.of(packages)));
        header(file, CALL_SITE_CLASSES, source).forEach(name -> catalog.add(new CallSiteRule(name)));
        for (Map.Entry<String, BiConsumer<CatalogEntry, CatalogBuilder>> each : readers.entrySet()) {
            String section = each.getKey();
            List<CatalogEntry> entries = entries(file, section, source, library);
            for (OldSection old : hasOldSections ? OldSection.of(file, section) : List.<OldSection>of()) {
                deprecations.accept("catalog file " + source + ": section \"" + old.name() + "\" is deprecated; write "
                        + old.howToWrite());
                old.translate(file);
                entries.addAll(entries(file, old.name(), source, library));
            }
            for (CatalogEntry entry : entries) {
                each.getValue()
                        .accept(
                                entry,
                                entry.concerns(feature) && !without.contains(section) ? catalog : new CatalogBuilder());
                entry.checkAllRead();
            }
        }
    }

    private static String text(JsonObject file, String key, String other) {
        Object value = file.get(key);
        if (value != null && !(value instanceof String)) {
            throw new CatalogException("catalog file " + other + ": \"" + key + "\" must be a string");
        }
        return value == null ? other : (String) value;
    }

    private static List<String> header(JsonObject file, String key, String source) {
        try {
            return CatalogEntry.strings(file.get(key));
        } catch (ClassCastException e) {
            throw new CatalogException("catalog file " + source + ": \"" + key + "\" must be a list of strings");
        }
    }

    /** The entries of a section; none if there is no such section. */
    private static List<CatalogEntry> entries(JsonObject file, String section, String source, String library) {
        List<CatalogEntry> entries = new ArrayList<>();
        Object value = file.get(section);
        if (value == null) {
            return entries;
        }
        String place = "catalog file " + source + ": section \"" + section + "\"";
        if (!(value instanceof JsonArray array)) {
            throw new CatalogException(place + " must be a list");
        }
        for (Object element : array) {
            String placeOfEntry = place + ", entry " + (entries.size() + 1);
            if (!(element instanceof JsonObject entry)) {
                throw new CatalogException(placeOfEntry + " must be an object");
            }
            String about = entry.get("class") instanceof String className ? " (" + className + ")" : "";
            entries.add(new CatalogEntry(placeOfEntry + about, library, entry));
        }
        return entries;
    }

    Catalog catalog() {
        return catalog.build();
    }
}
