package io.stallsight.engine.event;

import io.stallsight.engine.fact.Histogram;
import io.stallsight.engine.fact.RequestCount;
import io.stallsight.engine.fact.Victim;
import io.stallsight.engine.fact.Victims;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;

/** The victims of a stall as the texts of two fields, with a line for each name. */
final class VictimsText {

    private static final String LINE = "\n";
    private static final String SPACE = " ";

    private VictimsText() {}

    /** {@code 36 GET /hello}. */
    static String counts(Victims victims) {
        return victims.byName().stream()
                .map(victim -> new RequestCount(victim.request(), victim.count()).text())
                .collect(Collectors.joining(LINE));
    }

    /** {@code 36 2700000000}: the number of those with a known lost time, and that time in nanoseconds. */
    static String lost(Victims victims) {
        return victims.byName().stream()
                .map(victim -> victim.measured() + SPACE + victim.lost())
                .collect(Collectors.joining(LINE));
    }

    static Victims read(RecordedEvent event, String countsField, String lostField) {
        List<RequestCount> counts = RequestCounts.read(event, countsField);
        List<String> lost = RecordedFields.list(event, lostField, LINE);
        List<Victim> byName = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            RequestCount count = counts.get(i);
            String[] numbers = i < lost.size() ? lost.get(i).split(SPACE, 2) : new String[] {"0", "0"};
            byName.add(new Victim(
                    count.request(), count.count(), Integer.parseInt(numbers[0]), Long.parseLong(numbers[1])));
        }
        return new Victims(List.copyOf(byName), Histogram.EMPTY);
    }
}
