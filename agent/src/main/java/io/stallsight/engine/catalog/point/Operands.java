package io.stallsight.engine.catalog.point;

import org.jspecify.annotations.Nullable;

/**
 * The objects that a point's advice passes to its hook.
 *
 * @param subject index of the argument that the call is about: a path, an address, a task; or {@link #RECEIVER}, or
 *     {@link #NO_SUBJECT}
 * @param field of the receiver, with the executor, the pool or the request; null if the receiver itself is that
 */
public record Operands(int subject, @Nullable String field) {

    public static final int RECEIVER = -1;
    public static final int NO_SUBJECT = -2;

    /** The receiver only. */
    public static final Operands NONE = new Operands(NO_SUBJECT, null);
}
