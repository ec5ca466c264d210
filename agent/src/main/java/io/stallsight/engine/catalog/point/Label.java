package io.stallsight.engine.catalog.point;

import io.stallsight.api.Kind;
import org.jspecify.annotations.Nullable;

/**
 * How a report names a call of a point.
 *
 * @param api the class as people know it, for example {@code PreparedStatement}
 * @param kind the kind of the blocking call; null if the point is none, or takes the kind of the call inside
 * @param doing the activity, for the detail of an enclosing call: {@code socket read}; null if it has no name
 */
public record Label(
        String api, @Nullable Kind kind, @Nullable String doing) {

    /** A label for a point that is no blocking call. */
    public static Label of(String api) {
        return new Label(api, null, null);
    }

    public static Label of(String api, @Nullable Kind kind) {
        return new Label(api, kind, null);
    }
}
