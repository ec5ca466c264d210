package io.stallsight.engine.instrument;

import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.catalog.rule.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Recognises classes by what they declare: drivers of an API, whatever their names and hierarchy. */
final class Shapes {

    private final List<Shape> shapes;

    Shapes(List<Shape> shapes) {
        this.shapes = shapes;
    }

    /** Strings of which a class file of a shape mentions one. */
    static Set<String> markers(List<Shape> shapes) {
        return Set.copyOf(shapes.stream().map(Shape::marker).toList());
    }

    /** The points of the shapes that the class has; empty if it has none. */
    List<Point> pointsOf(byte[] classFile) {
        List<Point> points = new ArrayList<>();
        if (!shapes.isEmpty()) {
            ClassOutline outline = ClassOutline.of(classFile);
            for (Shape shape : shapes) {
                if (outline.declaresAll(shape.declares())) {
                    points.addAll(shape.points());
                }
            }
        }
        return points;
    }
}
