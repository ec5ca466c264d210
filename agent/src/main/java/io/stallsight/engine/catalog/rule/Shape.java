package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.MethodPattern;
import io.stallsight.engine.catalog.point.Point;
import java.util.List;

/**
 * Classes recognised by what they declare, whatever their hierarchy: drivers of an API, and proxies of them.
 *
 * @param declares a class of the shape declares all of these methods, with a body
 * @param points what is woven in such a class, where it declares the method
 * @param marker a string that every such class file has in its constant pool: classes without it are not parsed
 */
public record Shape(String name, List<MethodPattern> declares, List<Point> points, String marker) implements Rule {}
