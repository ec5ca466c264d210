package io.stallsight.engine.detect;

import io.stallsight.engine.fact.BlockingCall;
import java.util.Locale;

/** The message of the error that strict mode throws. */
final class StrictMessage {

    private StrictMessage() {}

    static String of(BlockingCall call) {
        String detail = call.detail().isEmpty() ? "" : " (" + call.detail() + ")";
        return String.format(
                Locale.ROOT,
                "blocking call refused: %s%s at %s on non-blocking thread \"%s\"; it %s. Fix: %s. Or allow it: allow=%s",
                call.api(),
                detail,
                call.siteText(),
                call.threadName(),
                call.kind().what(),
                call.fix(),
                call.allowRule());
    }
}
