package io.stallsight.api;

import io.stallsight.frame.Frames;
import io.stallsight.text.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How findings read in the message of a failed test. */
final class FindingText {

    /** Application frames beyond the site that are shown: who called. */
    private static final int CALLERS = 3;

    /** Frames of the JDK and of libraries between the call and the site. */
    private static final int INNER = 6;

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

    /** The block about findings of one site; {@code finding} stands for {@code count} of them. */
    static String block(Finding finding, int count, Duration total) {
        StringBuilder text = new StringBuilder(1024).append(headline(finding));
        if (finding.site() != null) {
            line(text, "at " + finding.where());
        }
        if (!finding.detail().isEmpty()) {
            line(text, (finding.type() == Finding.Type.BLOCKING_CALL ? "doing  " : "seen   ") + finding.detail());
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

    /** The stack as far as it matters: how the call came about below the site, and the application's frames above. */
    static List<StackTraceElement> cut(Finding finding) {
        List<StackTraceElement> stack = finding.stack();
        int site = finding.site() == null ? -1 : stack.indexOf(finding.site());
        List<StackTraceElement> kept = new ArrayList<>();
        if (site < 0) {
            return stack.subList(0, Math.min(stack.size(), INNER));
        }
        for (int i = 0; i < site; i++) {
            if (i < INNER - 1 || i == site - 1) { // the outermost library frame is what the application called
                kept.add(stack.get(i));
            }
        }
        kept.add(stack.get(site));
        String home = home(stack.get(site).getClassName());
        int callers = 0;
        for (int i = site + 1; i < stack.size() && callers < CALLERS; i++) {
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
