package io.stallsight.engine.log;

import io.stallsight.engine.fact.Cause;
import io.stallsight.engine.fact.SelfDeadlock;
import io.stallsight.engine.fact.Stall;
import io.stallsight.text.CountText;
import io.stallsight.text.DurationText;
import org.jspecify.annotations.Nullable;

/** Makes the log text of a stall or a self-deadlock. */
final class StallReport {

    private StallReport() {}

    /** @param traceUrl see {@link io.stallsight.engine.fact.Request#link}; null if there is none */
    static String of(Stall stall, @Nullable String traceUrl) {
        StringBuilder text = new StringBuilder(1024);
        text.append("STALL: ")
                .append(stall.threadName())
                .append(stall.ongoing() ? " has been stuck for " : " was stuck for ")
                .append(DurationText.of(stall.nanos()))
                .append(": ")
                .append(stall.what());
        if (stall.cause() == Cause.LOCK && stall.owner() != null) {
            text.append(" that ").append(stall.owner()).append(" holds");
        }
        if (stall.site() != null) {
            Report.line(text, "at", stall.siteText());
        }
        Report.request(text, stall.request(), traceUrl);
        Report.line(text, "evidence", stall.evidence());
        if (stall.waiting() > 0) {
            Report.line(
                    text,
                    "harm",
                    CountText.of(stall.waiting(), "task or connection", "tasks and connections") + " waited");
        }
        if (!stall.victims().isEmpty()) {
            Report.line(text, "victims", stall.victims().text());
        }
        Report.line(text, "fix", stall.cause().fix());
        Report.frames(text, "stack", stall.stack());
        Report.frames(text, "owner", stall.ownerStack());
        return text.toString();
    }

    static String of(SelfDeadlock deadlock) {
        StringBuilder text = new StringBuilder(1024);
        switch (deadlock.certainty()) {
            case PROVEN ->
                text.append("SELF-DEADLOCK: ").append(deadlock.threadName()).append(" waits for itself");
            case SUSPECTED ->
                text.append("SUSPECTED SELF-DEADLOCK: ")
                        .append(deadlock.threadName())
                        .append(" has waited for ")
                        .append(DurationText.of(deadlock.nanos()))
                        .append(", perhaps for itself");
            case WITHDRAWN ->
                text.append("NO SELF-DEADLOCK: ")
                        .append(deadlock.threadName())
                        .append(" waited for another thread, for ")
                        .append(DurationText.of(deadlock.nanos()))
                        .append("; the former report is withdrawn");
        }
        Report.line(text, "at", deadlock.siteText());
        Report.request(text, deadlock.request(), null);
        Report.line(text, "evidence", deadlock.text());
        Report.line(text, "fix", deadlock.fix());
        Report.frames(text, "stack", deadlock.stack());
        return text.toString();
    }
}
