package io.stallsight.engine.catalog;

import io.stallsight.api.Kind;
import org.jspecify.annotations.Nullable;

/**
 * An API that a developer recognises as the blocking call, when a woven point is found below it. Not woven itself.
 *
 * @param shownAs the public type that an internal class implements, or null for the class's own simple name
 */
public record NameRule(
        String className,
        String method,
        @Nullable Kind kind,
        @Nullable String fix,
        @Nullable String shownAs) {}
