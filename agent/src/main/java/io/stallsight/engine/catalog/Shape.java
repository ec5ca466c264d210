package io.stallsight.engine.catalog;

import java.util.List;

/**
 * Classes recognised by what they declare, whatever their hierarchy: drivers of an API, also proxies of them.
 *
 * @param declares all of these methods are declared, not abstract
 * @param points what is woven in such a class, where declared
 * @param marker a string that every such class file has in its constant pool, as a cheap first look
 */
public record Shape(String name, List<MethodPattern> declares, List<Point> points, String marker) {}
