package io.stallsight.engine.log;

import io.stallsight.engine.fact.Pinned;

/** Makes the log text of a pinned virtual thread. */
final class PinnedReport {

    private PinnedReport() {}

    static String of(Pinned pinned) {
        StringBuilder text = new StringBuilder(1024);
        text.append("PINNED: ").append(pinned.headline());
        if (pinned.site() != null) {
            Report.line(text, "at", pinned.siteText());
        }
        Report.line(text, "reason", pinned.details());
        Report.line(text, "fix", pinned.fix());
        Report.frames(text, "stack", pinned.stack());
        return text.toString();
    }
}
