package io.stallsight.engine.catalog;

import io.stallsight.engine.catalog.point.Conditions;
import io.stallsight.engine.catalog.point.Label;
import io.stallsight.engine.catalog.point.Operands;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.catalog.point.Target;
import io.stallsight.engine.catalog.rule.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects what the files say, in the order in which they are read: of two rules about one thing the earlier decides.
 */
public final class CatalogBuilder {

    private final List<Point> points = new ArrayList<>();
    private final List<Point> named = new ArrayList<>();
    private final Map<Class<? extends Rule>, List<Rule>> rules = new LinkedHashMap<>();

    /** A point without its id. */
    record Draft(
            String library, Point.Type type, Target target, Label label, Operands operands, Conditions conditions) {}

    /** Adds a point of the class that it names. */
    void add(Draft draft) {
        named.add(addToShape(draft));
    }

    /** Adds a point whose classes are recognised by their shape. */
    Point addToShape(Draft draft) {
        Point point = new Point(
                points.size() + 1,
                draft.library,
                draft.type,
                draft.target,
                draft.label,
                draft.operands,
                draft.conditions);
        points.add(point);
        return point;
    }

    void add(Rule rule) {
        rules.computeIfAbsent(rule.getClass(), type -> new ArrayList<>()).add(rule);
    }

    Catalog build() {
        return new Catalog(new Points(points, named), rules);
    }
}
