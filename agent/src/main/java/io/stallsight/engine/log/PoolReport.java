package io.stallsight.engine.log;

import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.text.DurationText;

/** Makes the log text of an exhausted pool. */
final class PoolReport {

    private PoolReport() {}

    static String ofEnd(PoolExhaustion exhaustion) {
        return "POOL FREE AGAIN: " + exhaustion.name() + " (" + exhaustion.type() + ") after "
                + DurationText.of(exhaustion.nanos());
    }

    static String of(PoolExhaustion exhaustion) {
        StringBuilder text = new StringBuilder(1024);
        text.append(exhaustion.selfStarvation() ? "POOL STARVED BY ITSELF: " : "POOL EXHAUSTED: ")
                .append(exhaustion.name())
                .append(" (")
                .append(exhaustion.type())
                .append("): ")
                .append(exhaustion.active())
                .append(" of ")
                .append(exhaustion.kind().members(exhaustion.size()))
                .append(' ')
                .append(exhaustion.kind().used())
                .append(" for ")
                .append(DurationText.of(exhaustion.nanos()))
                .append(", ")
                .append(exhaustion.kind().waiting(exhaustion.queued()));
        Report.line(text, "oldest", "has waited for " + DurationText.of(exhaustion.oldestTask()));
        Report.line(text, exhaustion.kind().users(), exhaustion.evidence());
        if (!exhaustion.requestsText().isEmpty()) {
            Report.line(text, "requests", exhaustion.requestsText());
        }
        if (!exhaustion.topSite().isEmpty()) {
            Report.line(text, "at", exhaustion.topSite());
        }
        Report.line(text, "fix", exhaustion.fix());
        if (!exhaustion.sites().isEmpty()) {
            Report.frames(text, "stack", exhaustion.sites().get(0).stack());
        }
        return text.toString();
    }
}
