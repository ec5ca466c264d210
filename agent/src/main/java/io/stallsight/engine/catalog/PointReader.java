package io.stallsight.engine.catalog;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.entry.CatalogEntry;
import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.entry.MethodPattern;
import io.stallsight.engine.catalog.point.Conditions;
import io.stallsight.engine.catalog.point.Label;
import io.stallsight.engine.catalog.point.Operands;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.catalog.point.Target;
import io.stallsight.engine.catalog.rule.ConnectionRule;
import io.stallsight.engine.catalog.rule.HostRule;
import io.stallsight.engine.catalog.rule.Shape;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of the sections that weave methods: each names a class or a shape, its methods and, by {@code at},
 * the type.
 */
public final class PointReader {

    private static final int MAX_ARGUMENT = 9;

    private static final String MARKER_OF_JDBC = "java/sql/";

    private final List<Point.Type> types = new ArrayList<>();

    /** The types of each {@code at}; empty in a section without. */
    private final Map<String, List<Point.Type>> byAt = new LinkedHashMap<>();

    private final List<String> ats;

    PointReader(String section) {
        for (Point.Type type : Point.Type.values()) {
            if (type.section().equals(section)) {
                types.add(type);
                if (type.at() != null) {
                    byAt.computeIfAbsent(type.at(), at -> new ArrayList<>(2)).add(type);
                }
            }
        }
        ats = List.copyOf(byAt.keySet());
    }

    void read(CatalogEntry entry, CatalogBuilder catalog) {
        Point.Type type = type(entry);
        String owner = entry.required("class");
        // the object may be in a static field only
        List<MethodPattern> methods =
                type == Point.Type.HOST ? entry.methods("methods") : entry.requiredMethods("methods");
        for (MethodPattern method : methods) {
            catalog.add(point(entry, type, owner, method));
        }
        if (type == Point.Type.HOST) {
            catalog.add(HostRule.read(entry));
        } else if (type == Point.Type.DISCONNECT) {
            ConnectionRule.read(entry).forEach(catalog::add);
        }
    }

    private Point.Type type(CatalogEntry entry) {
        List<Point.Type> candidates = types;
        if (!ats.isEmpty()) {
            candidates = Objects.requireNonNull(byAt.get(entry.oneOf("at", ats)));
        }
        Point.Type found = candidates.get(0);
        for (Point.Type candidate : candidates) {
            String flag = candidate.flag();
            if (flag != null && entry.flag(flag, false)) {
                if (found.flag() != null) {
                    throw entry.error("has both \"" + found.flag() + "\" and \"" + flag + "\"");
                }
                found = candidate;
            }
        }
        return found;
    }

    /** A shape, with the points that are woven in each class that has it. */
    static Shape shape(CatalogEntry entry, CatalogBuilder catalog) {
        String api = entry.required("api");
        Point.Type type = entry.flag("scope", false) ? Point.Type.SCOPE : Point.Type.BLOCKING;
        List<Point> points = new ArrayList<>();
        for (MethodPattern method : entry.requiredMethods("methods")) {
            points.add(catalog.addToShape(point(entry, type, api, method)));
        }
        return new Shape(
                api + " by shape",
                entry.requiredMethods("declares"),
                List.copyOf(points),
                entry.text("marker", MARKER_OF_JDBC));
    }

    private static CatalogBuilder.Draft point(CatalogEntry entry, Point.Type type, String owner, MethodPattern method) {
        return new CatalogBuilder.Draft(
                entry.library(),
                type,
                new Target(owner, method, entry.isOptional() ? Target.Presence.OPTIONAL : Target.Presence.REQUIRED),
                new Label(
                        entry.text("api", ClassNames.simple(owner)),
                        entry.constant("kind", Kind.class),
                        entry.text("doing")),
                operands(entry, type),
                conditions(entry, type));
    }

    private static Operands operands(CatalogEntry entry, Point.Type type) {
        boolean mayBeInAField =
                type == Point.Type.RUN || type == Point.Type.WORK || type == Point.Type.POLL || type == Point.Type.PASS;
        return new Operands(subject(entry), mayBeInAField ? entry.text("executor") : otherField(entry, type));
    }

    private static @Nullable String otherField(CatalogEntry entry, Point.Type type) {
        return switch (type) {
            case LEASE_BEGIN -> entry.text("pool");
            case PERMIT_OWN -> entry.text("semaphore");
            case EXCHANGE_END, EXCHANGE_FAIL -> entry.text("exchange");
            default -> null;
        };
    }

    private static int subject(CatalogEntry entry) {
        String text = entry.text("subject");
        if (text == null) {
            return Operands.NO_SUBJECT;
        }
        if (text.equals("this")) {
            return Operands.RECEIVER;
        }
        for (int i = 0; i <= MAX_ARGUMENT; i++) {
            if (text.equals("arg" + i)) {
                return i;
            }
        }
        throw entry.error("subject", "\"" + text + "\" is neither this nor arg0 to arg" + MAX_ARGUMENT);
    }

    private static Conditions conditions(CatalogEntry entry, Point.Type type) {
        if (type != Point.Type.BLOCKING && type != Point.Type.SCOPE) {
            return Conditions.NONE;
        }
        entry.note("callSite");
        Set<Conditions.Flag> flags = EnumSet.noneOf(Conditions.Flag.class);
        if (isGiven(entry, "when", "blocking-mode")) {
            flags.add(Conditions.Flag.ONLY_IN_BLOCKING_MODE);
        }
        if (isGiven(entry, "strict", "inside")) {
            flags.add(Conditions.Flag.REFUSE_INSIDE);
        }
        return new Conditions(flags, TimeUnit.MICROSECONDS.toNanos(entry.number("atLeastMicros", 0)));
    }

    /** Whether the entry has the key, whose only value there is one. */
    private static boolean isGiven(CatalogEntry entry, String key, String only) {
        @Nullable String value = entry.text(key);
        if (value != null && !value.equals(only)) {
            throw entry.error(key, "\"" + value + "\" is not \"" + only + "\"");
        }
        return value != null;
    }
}
