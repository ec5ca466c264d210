package io.stallsight.engine.recording;

import io.stallsight.engine.event.RecordedFields;
import io.stallsight.text.DurationText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import jdk.jfr.consumer.RecordedEvent;

/** How busy the machine and the garbage collector were, as the JDK's events have it. */
final class RecordedMachine {

    private final Pauses pauses = new Pauses();
    private double maxCpu = -1;
    private long throttledNanos;

    /** By the name of the event. */
    Map<String, Consumer<RecordedEvent>> handlers(Span span) {
        return Map.of(
                "jdk.GCPhasePause",
                span.only(event -> pauses.add(new Pauses.Pause(
                        RecordedFields.startNanos(event), event.getDuration().toNanos()))),
                "jdk.CPULoad",
                span.only(event -> maxCpu = Math.max(maxCpu, RecordedFields.fraction(event, "machineTotal"))),
                "jdk.ContainerCPUThrottling",
                span.only(event ->
                        throttledNanos = Math.max(throttledNanos, RecordedFields.nanos(event, "cpuThrottledTime"))));
    }

    Pauses pauses() {
        return pauses;
    }

    /** A line each. */
    List<String> facts() {
        List<String> facts = new ArrayList<>();
        if (pauses.count() > 0) {
            facts.add(String.format(
                    Locale.ROOT,
                    "garbage collection stopped every thread %d times, for %s in all and %s at most; calls are shown without it",
                    pauses.count(),
                    DurationText.of(pauses.totalNanos()),
                    DurationText.of(pauses.longestNanos())));
        }
        if (throttledNanos > 0) {
            facts.add("the container's CPU limit has stopped the process for " + DurationText.of(throttledNanos)
                    + " since it started");
        }
        if (maxCpu > 0) {
            facts.add(String.format(Locale.ROOT, "the machine's CPUs were busy to %.0f %% at most", maxCpu * 100));
        }
        return facts;
    }
}
