package io.stallsight.engine.instrument;

import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.catalog.rule.Shape;
import io.stallsight.engine.weavecache.WovenClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What weaves: ASM with the advice, about 120 classes and as many class files of advice. Made only when a class is not
 * in the cache.
 */
final class WeavingTools {

    private final CallSites callSites;
    private final Shapes shapes;
    private final MethodWeaver methods = new MethodWeaver();

    WeavingTools(NativeMethods natives, List<Shape> shapes) {
        this.callSites = new CallSites(natives);
        this.shapes = new Shapes(shapes);
    }

    /**
     * Weaves a class.
     *
     * @param points that the catalog has for its name
     * @param mentions whether it may call a native method that has a stand-in, have a shape, or select
     */
    WovenClass weave(WovenClass.Source source, List<Point> points, boolean mentions) {
        byte[] classFile = source.classFile();
        byte[] result = classFile;
        List<Point> all = points;
        boolean rewritten = false;
        if (mentions) {
            byte[] changed = callSites.rewrite(classFile);
            if (changed != null) {
                result = changed;
                rewritten = true;
            }
            byte[] counted = source.ofBootLoader() || !points.isEmpty() ? null : TaskCalls.count(result);
            if (counted != null) { // a class that the catalog names has its own points for this
                result = counted;
                rewritten = true;
            }
            List<Point> ofShapes = source.ofBootLoader() ? List.of() : shapes.pointsOf(classFile);
            if (!ofShapes.isEmpty()) {
                rewritten = true;
                all = new ArrayList<>(ofShapes);
                all.addAll(points);
            }
        }
        Set<Point> found = Set.of();
        if (!all.isEmpty()) {
            MethodWeaver.Woven woven = methods.weave(source.name(), result, all);
            found = woven.points;
            result = woven.classFile == null ? result : woven.classFile;
        }
        return new WovenClass(source, result == classFile ? null : result, ids(found), rewritten);
    }

    private static int[] ids(Set<Point> points) {
        int[] ids = new int[points.size()];
        int i = 0;
        for (Point point : points) {
            ids[i++] = point.id();
        }
        return ids;
    }
}
