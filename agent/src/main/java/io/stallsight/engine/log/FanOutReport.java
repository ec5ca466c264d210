package io.stallsight.engine.log;

import io.stallsight.engine.fact.FanOut;

/** Makes the log text of a fan-out. */
final class FanOutReport {

    private FanOutReport() {}

    static String of(FanOut fanOut) {
        StringBuilder text = new StringBuilder(1024);
        text.append("FAN-OUT: ").append(fanOut.headline());
        Report.line(text, "at", fanOut.site() == null ? "no application frame was on the stack" : fanOut.siteText());
        Report.request(text, fanOut.request(), null);
        Report.line(text, "evidence", fanOut.details());
        Report.line(text, "fix", fanOut.fix());
        Report.line(text, "silence", "threshold.fanout=" + fanOut.inFlight());
        Report.frames(text, "stack", fanOut.stack());
        return text.toString();
    }
}
