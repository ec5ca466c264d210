package io.stallsight.engine.recording;

import io.stallsight.engine.event.FactEvents;
import io.stallsight.engine.event.HookRecorder;
import io.stallsight.engine.fact.HookStatus;
import io.stallsight.engine.picture.Picture;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jdk.jfr.consumer.RecordedEvent;

/**
 * Puts the facts of the agent's own events into a picture. They must come in the order of their ends: of several facts
 * about one stall the last one counts, and the sample of a loop prices the calls before it.
 */
final class AgentEvents {

    private final Picture picture;
    private final Span span;
    private final Map<String, HookStatus> hooks = new LinkedHashMap<>();

    AgentEvents(Picture picture, Span span) {
        this.picture = picture;
        this.span = span;
    }

    /** By the name of the event. */
    Map<String, Consumer<RecordedEvent>> handlers() {
        Map<String, Consumer<RecordedEvent>> handlers = new HashMap<>();
        FactEvents.readers()
                .forEach((name, reader) ->
                        handlers.put(name, span.only(event -> picture.observed(reader.apply(event)))));
        // each chunk has all of them, so the last one counts, and hooks are of the whole recording
        handlers.put(HookRecorder.EVENT, HookRecorder.reader(hook -> hooks.put(hook.hook(), hook)));
        return handlers;
    }

    /** After the last event. */
    void finish() {
        List<HookStatus> last = List.copyOf(hooks.values());
        picture.hooks(() -> last);
    }
}
