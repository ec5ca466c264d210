package io.stallsight.engine.event;

import java.util.function.LongFunction;
import jdk.jfr.Event;
import org.jspecify.annotations.Nullable;

/**
 * A fact as a JFR event. One class knows an event: {@link #fill} copies a fact into the fields, and the static method
 * {@code read} beside it makes an equal fact of a recorded event. What an older recording does not have reads as
 * unknown: -1, an empty text, no frame.
 */
abstract class FactEvent<F> extends Event {

    /**
     * Copies the fact into the fields.
     *
     * @param threads the live thread with an id; null if it has ended
     */
    abstract void fill(F of, LongFunction<@Nullable Thread> threads);
}
