package io.stallsight.engine.detect;

import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.frame.Frames;
import java.util.Locale;

/** What the error of strict mode says. */
final class StrictMessage {

    private StrictMessage() {}

    static String of(BlockingCall call) {
        String detail = call.detail().isEmpty() ? "" : " (" + call.detail() + ")";
        String site = Frames.rule(call.site());
        return String.format(
                Locale.ROOT,
                "blocking call refused: %s%s at %s on non-blocking thread \"%s\"; it %s. Fix: %s. Or allow it: allow=%s",
                call.api(),
                detail,
                call.siteText(),
                call.threadName(),
                call.kind().what(),
                call.fix() == null ? call.kind().fix() : call.fix(),
                site);
    }
}
