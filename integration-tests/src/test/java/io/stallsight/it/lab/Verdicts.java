package io.stallsight.it.lab;

import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;

/** The true stalls of one JVM's loops, and the agent's reports of them. */
final class Verdicts {

    private static final String MISSED = "missed";

    /** One stall with its event. */
    record Verdict(Truth truth, Optional<LoopStall> reported) {

        /** The column of the matrix. */
        String cause() {
            return reported.map(LoopStall::cause).orElse(MISSED);
        }

        boolean isRight() {
            return truth.injected().causes.contains(cause());
        }

        @Override
        public String toString() {
            return truth + " -> " + reported.map(LoopStall::toString).orElse(MISSED);
        }
    }

    private final List<LoopStall> stalls;
    private final List<RecordedEvent> lags;
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<Truth> notInjected = new ArrayList<>();
    private final List<LoopStall> others;

    Verdicts(Outcome outcome, List<Truth> truths) {
        Path recording = Objects.requireNonNull(outcome.recording());
        stalls = Recordings.events(recording, "stallsight.LoopStall").stream()
                .map(LoopStall::of)
                .toList();
        lags = Recordings.events(recording, "stallsight.LoopLag");
        Set<LoopStall> used = new HashSet<>();
        for (Truth truth : truths) {
            Optional<LoopStall> reported = stalls.stream()
                    .filter(stall -> !stall.ongoing() && 2 * stall.overlap(truth) > truth.nanos())
                    .max((a, b) -> Long.compare(a.overlap(truth), b.overlap(truth)));
            reported.ifPresent(used::add);
            if (truth.wentAsRequested()) {
                verdicts.add(new Verdict(truth, reported));
            } else {
                notInjected.add(truth);
            }
        }
        others = stalls.stream()
                .filter(stall -> !stall.ongoing() && !used.contains(stall))
                .filter(stall -> truths.stream().noneMatch(truth -> stall.overlap(truth) > 0))
                .toList();
    }

    List<Verdict> all() {
        return verdicts;
    }

    Verdict of(Truth truth) {
        return verdicts.stream()
                .filter(verdict -> verdict.truth().equals(truth))
                .findFirst()
                .orElseThrow();
    }

    /** Stalls that did not go as requested. */
    List<Truth> notInjected() {
        return notInjected;
    }

    /** Events without an injected stall: other work of the machine. */
    List<LoopStall> others() {
        return others;
    }

    /** Every event, with those of stalls that go on. */
    List<LoopStall> stalls() {
        return stalls;
    }

    /** Periodic samples of a loop that were taken between two times, in nanoseconds since 1970. */
    List<RecordedEvent> lags(String thread, long from, long to) {
        return lags.stream()
                .filter(event -> thread.equals(event.getString("name")))
                .filter(event -> LoopStall.epochNanos(event.getStartTime()) >= from
                        && LoopStall.epochNanos(event.getStartTime()) <= to)
                .toList();
    }
}
