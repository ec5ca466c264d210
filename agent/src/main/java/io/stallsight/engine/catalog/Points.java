package io.stallsight.engine.catalog;

import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.point.Conditions;
import io.stallsight.engine.catalog.point.Label;
import io.stallsight.engine.catalog.point.Operands;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.catalog.point.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The hooks by id and by class. Grows at run time, when a tool such as BlockHound names methods; ids stay. Any thread
 * may read and add.
 */
final class Points {

    private final List<Point> byId;
    private final Map<String, List<Point>> byClass = new ConcurrentHashMap<>();

    /** The hooks that a copy of a class has as well, by the original. */
    private final Map<String, List<Point>> ofCopies = new HashMap<>();

    /**
     * @param points each at the index that is its id less one
     * @param named those that name their class; the others belong to shapes
     */
    Points(List<Point> points, List<Point> named) {
        byId = new CopyOnWriteArrayList<>(points);
        Map<String, List<Point>> grouped = new HashMap<>();
        for (Point point : named) {
            grouped.computeIfAbsent(point.owner(), owner -> new ArrayList<>(2)).add(point);
        }
        grouped.forEach((owner, ofClass) -> {
            byClass.put(owner, List.copyOf(ofClass));
            ofClass.removeIf(point -> !holdsForCopies(point.type()));
            if (!ofClass.isEmpty()) {
                ofCopies.put(owner, ofClass);
            }
        });
    }

    List<Point> all() {
        return byId;
    }

    Point byId(int id) {
        return byId.get(id - 1);
    }

    /** A copy of a library is not the one that the application shows its metrics by, or that it calls as a tool. */
    private static boolean holdsForCopies(Point.Type type) {
        return switch (type) {
            case HOST, TOOL_INSTALL, TOOL_REPORT -> false;
            default -> true;
        };
    }

    /** Those of the class itself, else those of the class of which it is a copy, see {@link ClassNames}. */
    List<Point> ofClass(String className) {
        List<Point> found = byClass.get(className);
        String original = found == null ? ClassNames.original(className) : null;
        while (original != null && found == null) {
            found = ofCopies.get(original);
            original = ClassNames.original(original);
        }
        return found == null ? List.of() : found;
    }

    /** Adds a hook, or finds the one that was added before: a method has one hook of a type. */
    synchronized Point add(String library, Point.Type type, Target target, Label label) {
        for (Point known : ofClass(target.owner())) {
            if (known.library().equals(library)
                    && known.type() == type
                    && known.method().equals(target.method())) {
                return known;
            }
        }
        Point point = new Point(byId.size() + 1, library, type, target, label, Operands.NONE, Conditions.NONE);
        byId.add(point);
        byClass.put(point.owner(), joined(ofClass(point.owner()), List.of(point)));
        return point;
    }

    private static List<Point> joined(List<Point> some, List<Point> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
