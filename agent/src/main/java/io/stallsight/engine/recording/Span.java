package io.stallsight.engine.recording;

import io.stallsight.engine.event.RecordedFields;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jdk.jfr.consumer.RecordedEvent;

/**
 * The part of a recording that is read.
 *
 * @param from milliseconds since 1970, as {@code to}
 */
record Span(long from, long to) {

    /** Hands on those events that touch the span. */
    Consumer<RecordedEvent> only(Consumer<RecordedEvent> handler) {
        return event -> {
            if (touches(event)) {
                handler.accept(event);
            }
        };
    }

    boolean touches(RecordedEvent event) {
        return TimeUnit.NANOSECONDS.toMillis(RecordedFields.endNanos(event)) >= from
                && TimeUnit.NANOSECONDS.toMillis(RecordedFields.startNanos(event)) <= to;
    }
}
