package io.stallsight.engine.catalog;

import java.util.ArrayList;
import java.util.List;

/**
 * Classes recognised by what they declare, whatever their hierarchy: drivers of an API, and proxies of them.
 *
 * @param declares a class of the shape declares all of these methods, with a body
 * @param points what is woven in such a class, where it declares the method
 * @param marker a string that every such class file has in its constant pool: classes without it are not parsed
 */
public record Shape(String name, List<MethodPattern> declares, List<Point> points, String marker) implements Rule {

    private static final String MARKER_OF_JDBC = "java/sql/";

    static Shape read(CatalogEntry entry, CatalogBuilder catalog) {
        String api = entry.required("api");
        Point.Type type = entry.flag("scope", false) ? Point.Type.SCOPE : Point.Type.BLOCKING;
        List<Point> points = new ArrayList<>();
        for (MethodPattern method : entry.requiredMethods("methods")) {
            points.add(catalog.addToShape(PointReader.point(entry, type, api, method)));
        }
        return new Shape(
                api + " by shape",
                entry.requiredMethods("declares"),
                List.copyOf(points),
                entry.text("marker", MARKER_OF_JDBC));
    }
}
