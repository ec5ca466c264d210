package io.stallsight.api;

import io.stallsight.frame.Frames;
import io.stallsight.text.DurationText;
import io.stallsight.text.RequestText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The text of findings in the message of a failed test. */
final class FindingText {

    /** Of the application frames outside of the site, which called it, this many are shown. */
    private static final int MAX_CALLERS = 3;

    /** Of the frames of the JDK and of libraries between the call and the site, this many are shown. */
    private static final int MAX_INNER = 6;

    private FindingText() {}

    /** {@code JDBC: PreparedStatement.executeQuery blocked reactor-http-epoll-2 for 142 ms}. */
    static String headline(Finding finding) {
        String time = DurationText.of(finding.duration());
        return switch (finding.type()) {
            case BLOCKING_CALL ->
                finding.kind() + ": " + finding.what()
                        + switch (finding.state()) {
                            case ENDED -> " blocked " + finding.thread() + " for " + time;
                            case ONGOING -> " has been blocking " + finding.thread() + " for " + time;
                            case REFUSED -> " was refused on " + finding.thread();
                        };
            case STALL ->
                "STALL: " + finding.thread()
                        + (finding.state() == Finding.State.ONGOING ? " has been stuck for " : " was stuck for ") + time
                        + ", cause " + finding.what();
            case POOL_EXHAUSTED ->
                "POOL EXHAUSTED: all workers of " + finding.what() + " were busy for " + time + " while tasks waited";
            case SELF_DEADLOCK -> "SELF-DEADLOCK: " + finding.thread() + " waits for itself, for " + time + " so far";
        };
    }

    /** The block about the findings of one site; {@code finding} is the longest of {@code count}. */
    static String block(Finding finding, int count, Duration total) {
        StringBuilder text = new StringBuilder(1024).append(headline(finding));
        if (finding.site() != null) {
            line(text, "at " + finding.where());
        }
        if (!finding.detail().isEmpty()) {
            line(text, (finding.type() == Finding.Type.BLOCKING_CALL ? "doing  " : "seen   ") + finding.detail());
        }
        String request = RequestText.of(finding.request(), finding.traceId());
        if (!request.isEmpty()) {
            line(text, "for    " + request);
        }
        if (count > 1) {
            line(text, "times  " + count + ", " + DurationText.of(total) + " in total; this is the longest");
        }
        if (!finding.fix().isEmpty()) {
            line(text, "fix    " + finding.fix());
        }
        if (finding.site() != null) {
            line(text, "allow  @AllowBlocking(value = \"" + finding.rule() + "\", reason = \"...\")");
        }
        List<StackTraceElement> stack = cut(finding);
        for (int i = 0; i < stack.size(); i++) {
            line(text, (i == 0 ? "stack  at " : "       at ") + Frames.describe(stack.get(i)));
        }
        if (stack.size() < finding.stack().size()) {
            line(text, "       ... " + (finding.stack().size() - stack.size()) + " more of libraries and the JDK");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append("\n    ").append(line);
    }

    /** The relevant part of a stack: the library frames from the call to the site, and the application's callers. */
    static List<StackTraceElement> cut(Finding finding) {
        List<StackTraceElement> stack = finding.stack();
        int site = finding.site() == null ? -1 : stack.indexOf(finding.site());
        List<StackTraceElement> kept = new ArrayList<>();
        if (site < 0) {
            return stack.subList(0, Math.min(stack.size(), MAX_INNER));
        }
        for (int i = 0; i < site; i++) {
            if (i < MAX_INNER - 1 || i == site - 1) { // the application called the outermost library frame
                kept.add(stack.get(i));
            }
        }
        kept.add(stack.get(site));
        String home = home(stack.get(site).getClassName());
        int callers = 0;
        for (int i = site + 1; i < stack.size() && callers < MAX_CALLERS; i++) {
            if (stack.get(i).getClassName().startsWith(home)) {
                kept.add(stack.get(i));
                callers++;
            }
        }
        return kept;
    }

    /** The first two parts of the package: {@code com.shop.} of {@code com.shop.order.Orders}. */
    private static String home(String className) {
        int first = className.indexOf('.');
        int second = first < 0 ? -1 : className.indexOf('.', first + 1);
        return className.substring(0, (second < 0 ? first : second) + 1);
    }
}
