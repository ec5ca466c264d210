package io.stallsight.engine.catalog.point;

import org.jspecify.annotations.Nullable;

/**
 * The objects that a point's advice passes to its hook.
 *
 * @param subject index of the argument that the call is about: a path, an address, a task; or {@link #RECEIVER}, or
 *     {@link #NO_SUBJECT}
 * @param executor field of the receiver that has the executor, the pool or the request; null if the receiver itself is
 *     that
 */
public record Operands(int subject, @Nullable String executor) {

    public static final int RECEIVER = -1;
    public static final int NO_SUBJECT = -2;

    /** The receiver only. */
    public static final Operands NONE = new Operands(NO_SUBJECT, null);
}
