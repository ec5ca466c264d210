package io.stallsight.engine.log;

import io.stallsight.engine.fact.Pinned;
import io.stallsight.text.DurationText;

/** Makes the log text of a pinned virtual thread. */
final class PinnedReport {

    private PinnedReport() {}

    static String of(Pinned pinned) {
        StringBuilder text = new StringBuilder(1024);
        text.append("PINNED: virtual thread ")
                .append(pinned.threadName())
                .append(" kept its carrier for ")
                .append(DurationText.of(pinned.nanos()));
        if (!pinned.operation().isEmpty()) {
            text.append(" in ").append(pinned.operation());
        }
        if (pinned.site() != null) {
            Report.line(text, "at", pinned.siteText());
        }
        Report.line(text, "reason", pinned.reason());
        Report.line(text, "fix", pinned.fix());
        Report.frames(text, "stack", pinned.stack());
        return text.toString();
    }
}
