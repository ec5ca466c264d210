package io.stallsight.engine.cli;

import io.stallsight.engine.fact.Notice;
import io.stallsight.engine.fact.ObservedJvm;
import io.stallsight.engine.picture.Verdict;
import io.stallsight.engine.picture.View;
import io.stallsight.text.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A picture in a terminal: the verdict first, then a section for each part. Valid as long as its view. */
final class PictureText {

    private static final int MAX_FINDINGS = 10;
    private static final int MAX_STALLS = 10;
    private static final int MAX_LOOPS = 64;
    private static final int MAX_POOLS = 20;
    private static final int MAX_DOWNSTREAMS = 20;

    /** As wide as the word before the verdict. */
    private static final String INDENT = "     ";

    /** On a screen, the lines besides the rows of its three sections: titles, column heads, remainders, gaps. */
    private static final int SCREEN_FRAME = 10;

    private static final int SCREEN_SECTIONS = 3;
    private static final int MIN_SCREEN_ROWS = 3;

    private final View view;
    private final Style style;
    private final PictureTables tables;
    private final FindingBlocks findings;

    PictureText(View view, Style style) {
        this.view = view;
        this.style = style;
        this.tables = new PictureTables(view, style);
        this.findings = new FindingBlocks(view, style);
    }

    /**
     * All sections, once.
     *
     * @param facts further facts of a recording, a line each
     * @param limits facts that a recording does not have, a line each
     */
    List<String> report(List<String> facts, List<String> limits) {
        List<String> lines = new ArrayList<>(verdict(Integer.MAX_VALUE));
        lines.add(style.faint(subject()));
        facts.forEach(fact -> lines.add(style.faint(fact)));
        section(lines, "Loops", tables.loops(MAX_LOOPS));
        section(lines, "Stalls", tables.stalls(MAX_STALLS));
        section(lines, "Blocking calls, by harm", findings.full(MAX_FINDINGS));
        section(lines, "Pools", tables.pools(MAX_POOLS));
        section(lines, "Exhausted pools", tables.exhaustions());
        section(lines, "Downstreams", tables.downstreams(MAX_DOWNSTREAMS));
        section(lines, "Notices", notices());
        section(lines, "What this recording does not show", limits);
        return lines;
    }

    /** The sections that change all the time. The verdict is wrapped; the screen clips all other lines. */
    List<String> screen(Screen.Size size) {
        List<String> lines = new ArrayList<>(verdict(size.width()));
        lines.add(style.faint(subject()));
        int rows = Math.max(MIN_SCREEN_ROWS, (size.height() - lines.size() - SCREEN_FRAME) / SCREEN_SECTIONS);
        section(lines, "Loops", tables.loops(rows));
        section(lines, "Blocking calls, by harm", findings.brief(rows));
        section(lines, "Pools", tables.pools(rows));
        return lines;
    }

    private static void section(List<String> lines, String title, List<String> content) {
        if (!content.isEmpty()) {
            lines.add("");
            lines.add(title);
            content.forEach(line -> lines.add("  " + line));
        }
    }

    /** Adds the line about the rows that are not shown, if there are any. */
    static void rest(List<String> lines, int more, String plural) {
        if (more > 0) {
            lines.add("... and " + more + " more " + plural);
        }
    }

    private List<String> verdict(int width) {
        Verdict verdict = view.verdict();
        String word = switch (verdict.level()) {
            case BAD -> style.red("BAD  ");
            case WARN -> style.yellow("WARN ");
            case OK -> style.green("OK   ");
            case UNKNOWN -> style.yellow("?    ");
        };
        List<String> lines = new ArrayList<>();
        for (String line : wrap(verdict.text(), width - INDENT.length())) {
            lines.add((lines.isEmpty() ? word : INDENT) + style.bold(line));
        }
        for (String more : verdict.more()) {
            wrap(more, width - INDENT.length()).forEach(line -> lines.add(INDENT + line));
        }
        return lines;
    }

    /** Breaks at spaces; a word that is longer stays whole. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : rest.indexOf(' ', Math.max(0, width));
            if (end < 0) {
                break;
            }
            lines.add(rest.substring(0, end));
            rest = rest.substring(end + 1);
        }
        lines.add(rest);
        return lines;
    }

    private String subject() {
        ObservedJvm process = view.process();
        return (process.name().isEmpty() ? "a JVM" : process.name())
                + (process.pid() < 0 ? "" : " (pid " + process.pid() + ")")
                + (process.java().isEmpty() ? "" : ", Java " + process.java())
                + ", " + time(view.from()) + " to " + time(view.now()) + " "
                + process.zoneId().getId()
                + " (" + DurationText.of(Duration.ofMillis(view.now() - view.from())) + ")";
    }

    private String time(long millis) {
        return Cells.time(millis, view.process().zoneId());
    }

    private List<String> notices() {
        List<String> lines = new ArrayList<>();
        for (Notice notice : view.notices()) {
            lines.add(time(view.shownAt(notice)) + "  " + notice.type().word() + ": "
                    + Cells.at(view.shape().hosts(notice.text()), notice.site()));
        }
        rest(lines, view.leftNotices(), "notices");
        return lines;
    }
}
