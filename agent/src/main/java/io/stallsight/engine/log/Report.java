package io.stallsight.engine.log;

import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.finding.Finding;
import io.stallsight.frame.Frames;
import io.stallsight.text.DurationText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the log text of a finding. Has the parts that the texts of other facts share. */
final class Report {

    private static final int STACK_LINES = 8;

    private Report() {}

    /** @param traceUrl see {@link Request#link}; null if there is none */
    static String of(Finding finding, Finding.Totals totals, BlockingCall call, @Nullable String traceUrl) {
        StringBuilder text = new StringBuilder(1024);
        text.append(call.kind())
                .append(": ")
                .append(call.api())
                .append(call.nanos() > 0 ? " blocked " : " was refused on ")
                .append(call.threadName());
        if (call.nanos() > 0) {
            text.append(" for ").append(DurationText.of(call.nanos()));
        }
        line(text, "at", call.siteText());
        if (!call.detail().isEmpty()) {
            line(text, "doing", call.detail());
        }
        request(text, call.request(), traceUrl);
        line(text, "finding", finding.fingerprint() + ", " + counts(totals));
        line(text, "fix", "it " + call.kind().what() + "; " + call.fix());
        line(text, "silence", "allow=" + call.allowRule());
        stack(text, call);
        return text.toString();
    }

    private static String counts(Finding.Totals totals) {
        return totals.count() == 1
                ? "the first time"
                : totals.count()
                        + " times since start, "
                        + DurationText.of(totals.nanos())
                        + " in total, at most "
                        + DurationText.of(totals.maxNanos());
    }

    /** @param traceUrl see {@link Request#link}; null if there is none */
    static void request(StringBuilder text, Request request, @Nullable String traceUrl) {
        if (!request.isUnknown()) {
            line(text, "request", request.text());
        }
        if (traceUrl != null && !request.traceId().isEmpty()) {
            line(text, "trace", request.link(traceUrl));
        }
    }

    static void line(StringBuilder text, String label, String value) {
        text.append("\n    ")
                .append(label)
                .append(" ".repeat(9 - label.length()))
                .append(value);
    }

    /** Appends the frames from the blocking API to a few frames beyond the site. */
    private static void stack(StringBuilder text, BlockingCall call) {
        int site = Math.max(call.stack().indexOf(call.site()), 0);
        int last = Math.min(call.stack().size(), Math.max(STACK_LINES, site + 3));
        String label = "stack";
        for (int i = 0; i < last; i++) {
            if (i == 3 && site > STACK_LINES) {
                line(text, label, "... " + (site - 5) + " more");
                i = site - 2;
            }
            line(text, label, Frames.describe(call.stack().get(i)));
            label = "";
        }
        if (last < call.stack().size()) {
            line(text, "", "... " + (call.stack().size() - last) + " more");
        }
    }

    /** Appends the innermost frames of a stack. */
    static void frames(StringBuilder text, String label, List<StackTraceElement> stack) {
        String first = label;
        for (int i = 0; i < Math.min(STACK_LINES, stack.size()); i++) {
            line(text, first, Frames.describe(stack.get(i)));
            first = "";
        }
        if (stack.size() > STACK_LINES) {
            line(text, "", "... " + (stack.size() - STACK_LINES) + " more");
        }
    }
}
