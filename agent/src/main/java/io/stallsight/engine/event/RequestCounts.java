package io.stallsight.engine.event;

import io.stallsight.engine.fact.RequestCount;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;

/** Counted requests as the text of a field: a line for each name, with their number before it. */
final class RequestCounts {

    private static final String LINE = "\n";

    private RequestCounts() {}

    static String text(List<RequestCount> counts) {
        return counts.stream().map(RequestCount::text).collect(Collectors.joining(LINE));
    }

    static List<RequestCount> read(RecordedEvent event, String field) {
        return RecordedFields.list(event, field, LINE).stream()
                .map(RequestCount::parse)
                .toList();
    }
}
