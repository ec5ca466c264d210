package io.stallsight.engine.cli;

import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.picture.SiteHistory;
import io.stallsight.engine.picture.View;
import io.stallsight.engine.picture.series.Durations;
import io.stallsight.frame.Frames;
import java.util.ArrayList;
import java.util.List;

/** The blocking calls of a picture, by harm: a block of lines for each finding. Valid as long as its view. */
final class FindingBlocks {

    private static final int MAX_STACK_LINES = 6;

    private final View view;
    private final Style style;

    FindingBlocks(View view, Style style) {
        this.view = view;
        this.style = style;
    }

    /** What is blocked and where, two lines each. */
    List<String> brief(int max) {
        return blocks(max, false);
    }

    /** All that is known, with fix and stack. */
    List<String> full(int max) {
        return blocks(max, true);
    }

    private List<String> blocks(int max, boolean full) {
        List<String> lines = new ArrayList<>();
        List<SiteHistory> findings = view.findings();
        findings.stream().limit(max).forEach(finding -> {
            head(lines, finding);
            if (full) {
                body(lines, finding);
            }
        });
        PictureText.rest(lines, findings.size() - max, "findings");
        return lines;
    }

    private void head(List<String> lines, SiteHistory finding) {
        BlockingCall last = finding.last();
        Durations durations = finding.durations();
        lines.add(style.bold(last.kind() + ": " + last.api()) + " blocked " + last.loopGroup() + " "
                + (durations.count() == 1 ? "once" : durations.count() + " times") + ", "
                + Cells.duration(durations.total()) + " in all, " + Cells.duration(durations.max()) + " at most");
        lines.add("    at       " + last.siteText());
    }

    private void body(List<String> lines, SiteHistory finding) {
        BlockingCall last = finding.last();
        String detail = view.shape().detail(last.detail());
        if (!detail.isEmpty()) {
            lines.add("    doing    " + detail);
        }
        if (!last.request().isUnknown()) {
            lines.add("    request  " + last.request().text());
        }
        lines.add("    finding  " + finding.fingerprint());
        lines.add("    fix      " + last.fix());
        List<StackTraceElement> stack = last.stack();
        for (int i = 0; i < Math.min(MAX_STACK_LINES, stack.size()); i++) {
            lines.add((i == 0 ? "    stack    " : "             ") + Frames.describe(stack.get(i)));
        }
        if (stack.size() > MAX_STACK_LINES) {
            lines.add("             ... " + (stack.size() - MAX_STACK_LINES) + " more");
        }
    }
}
