package io.stallsight.engine.instrument;

import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.point.Point;
import java.util.List;

/**
 * Where a build has moved a copy of a class: points name the original.
 *
 * @param prefix before the name of the original in a descriptor, {@code Lio/grpc/netty/shaded/}; empty for an original
 */
record Moved(String prefix) {

    static final Moved NOWHERE = new Moved("");

    /** @param points of the class */
    static Moved of(String className, List<Point> points) {
        for (Point point : points) {
            String prefix = ClassNames.moved(className, point.owner());
            if (!prefix.isEmpty()) {
                return new Moved("L".concat(prefix.replace('.', '/')));
            }
        }
        return NOWHERE;
    }

    /** The descriptor that the method has in the original. */
    String original(String descriptor) {
        return prefix.isEmpty() ? descriptor : descriptor.replace(prefix, "L");
    }
}
