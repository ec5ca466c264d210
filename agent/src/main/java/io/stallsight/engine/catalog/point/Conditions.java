package io.stallsight.engine.catalog.point;

import java.util.Set;

/**
 * When a call of a point counts as blocking.
 *
 * @param flags exceptions from "always"; empty for most
 * @param minNanos a shorter call did not block: a park that found its permit
 */
public record Conditions(Set<Flag> flags, long minNanos) {

    /** An exception from "a call of the point blocks". */
    public enum Flag {
        /** A channel's call blocks only while the channel is in blocking mode. */
        ONLY_IN_BLOCKING_MODE,
        /** A scope blocks only sometimes: strict mode refuses the blocking call inside, not the scope. */
        REFUSE_INSIDE
    }

    /** Every call counts. */
    public static final Conditions NONE = new Conditions(Set.of(), 0);

    public Conditions {
        flags = Set.copyOf(flags);
    }
}
