package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to read the name of a request: paths over fields and methods without parameters, from the object that a point of
 * section {@code request} has. Each leads to a text.
 *
 * @param className of the object, or a superclass or interface of it
 * @param method the HTTP method; null if the class does not have it
 * @param path of the request, as the client sent it; null if the class does not have it
 * @param route the framework's template; several paths are parts of it, outermost first; empty if the class does not
 *     have it
 * @param without a glob of what the framework's template has besides the path, as conditions on headers; null if it has
 *     nothing
 */
public record RequestRule(
        String className,
        @Nullable String method,
        @Nullable String path,
        List<String> route,
        @Nullable String without) implements Rule {

    public static RequestRule read(CatalogEntry entry) {
        return new RequestRule(
                entry.required("class"),
                entry.text("method"),
                entry.text("path"),
                parts(entry.text("route")),
                entry.text("without"));
    }

    private static List<String> parts(@Nullable String route) {
        return route == null ? List.of() : List.of(route.split(" \\+ ", -1));
    }
}
