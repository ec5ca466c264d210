package io.stallsight.engine.catalog.rule;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.entry.CatalogEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API that a developer recognises as the blocking call, when a woven point is found below it. Not woven itself.
 *
 * @param kind of the call; null for the kind of the point below
 * @param fix what the developer should call instead; null if there is no better API
 * @param shownAs the public type that an internal class implements; null for the class's own simple name
 */
public record NameRule(
        String className,
        String method,
        @Nullable Kind kind,
        @Nullable String fix,
        @Nullable String shownAs) implements Rule {

    public static List<NameRule> read(CatalogEntry entry) {
        String owner = entry.required("class");
        Kind kind = entry.constant("kind", Kind.class);
        String fix = entry.text("fix");
        String shownAs = entry.text("as");
        return entry.requiredTexts("methods").stream()
                .map(method -> new NameRule(owner, method, kind, fix, shownAs))
                .toList();
    }
}
