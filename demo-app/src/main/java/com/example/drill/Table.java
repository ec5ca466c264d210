package com.example.drill;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints the table, one row at a time. */
final class Table {
    private static final int MODE = 21;
    private static final int CALL = 34;
    private static final int LINE = 31;
    private static final int TIME = 7;
    private static final int CLEAN = 6;
    private static final int WIDTH = MODE + CALL + LINE + 3 * TIME + CLEAN + 6;

    /** Maximum number of different calls in the details of a row. Repeated calls are counted. */
    private static final int DETAILS = 4;

    private final PrintStream out;
    private final Style style;
    private final boolean underAgent;

    Table(PrintStream out, Style style, boolean underAgent) {
        this.out = out;
        this.style = style;
        this.underAgent = underAgent;
    }

    void header() {
        out.println();
        out.println(cells("", "what Stallsight reported", "", "", "p99 of /hello", "", "twin"));
        out.println(cells("mode", "call", "line", "longest", "wrong", "twin", "clean?"));
        out.println(' ' + style.line(WIDTH));
    }

    void row(Row row) {
        Mode mode = row.mode();
        String neighbours = mode.neighbours().areHello() ? "" : " *";
        String mark = row.mode().name() + neighbours;
        String text = row.headline()
                .map(call -> cells(
                        mark,
                        call.api(),
                        line(call),
                        Text.millis(call.duration()),
                        wrongP99(row),
                        rightP99(row),
                        clean(row)))
                .orElseGet(() -> cells(mark, withoutReport(row), "", "", wrongP99(row), rightP99(row), clean(row)));
        out.println(row.isGood() ? text : style.bad(text));
        details("elsewhere meanwhile:", row.isSeen() ? List.of() : row.stray());
        details("twin:", row.unclean());
        if (!row.wrongStatuses().isEmpty()) {
            out.println(style.bad("     answered with HTTP " + row.wrong().statuses() + ", twin "
                    + row.right().statuses()));
        }
    }

    void footer() {
        out.println(' ' + style.line(WIDTH));
        out.println(
                style.faint(
                        " * p99 of a cheap request that needs the same task queue, pool, upstream or carriers: /hello does not feel it"));
    }

    /** Calls that differ only in time share a line. */
    void details(String title, List<Finding> calls) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        Map<String, Finding> longest = new LinkedHashMap<>();
        for (Finding call : calls) {
            String key = call.api() + " at " + call.site();
            counts.merge(key, 1, Integer::sum);
            longest.merge(key, call, (a, b) -> a.duration().compareTo(b.duration()) >= 0 ? a : b);
        }
        longest.entrySet().stream().limit(DETAILS).forEach(entry -> {
            Finding call = entry.getValue();
            out.println(style.bad("     " + title + ' ' + counts.get(entry.getKey()) + " x " + entry.getKey()
                    + ", at most " + Text.millis(call.duration()) + ", on " + call.thread()));
        });
        if (longest.size() > DETAILS) {
            out.println(style.bad("     and " + (longest.size() - DETAILS) + " more"));
        }
    }

    private String withoutReport(Row row) {
        if (row.isNotImplemented()) {
            return "(needs Java 21 or later)";
        }
        if (!row.mode().isRequired()) {
            return "(Reactor itself refuses it)";
        }
        return underAgent ? "NOT FLAGGED" : "(no agent)";
    }

    private String clean(Row row) {
        return !underAgent ? "-" : row.isTwinClean() ? "yes" : "NO";
    }

    private static String wrongP99(Row row) {
        return row.isNotImplemented() ? "-" : Text.millis(row.wrong().neighbourP99());
    }

    private static String rightP99(Row row) {
        return row.isNotImplemented() ? "-" : Text.millis(row.right().neighbourP99());
    }

    private static String line(Finding call) {
        if (call.site().isEmpty()) {
            return call.type() == Finding.Type.STALL ? "(no code is to blame)" : "";
        }
        return call.parsedSite().map(site -> site.file() + ':' + site.line()).orElse(call.site());
    }

    private static String cells(
            String mode, String call, String line, String longest, String wrong, String right, String clean) {
        String effect = right.isEmpty()
                ? Text.right(wrong, 2 * TIME + 1)
                : Text.right(wrong, TIME) + ' ' + Text.right(right, TIME);
        return ' '
                + Text.left(mode, MODE)
                + ' '
                + Text.left(call, CALL)
                + ' '
                + Text.left(line, LINE)
                + ' '
                + Text.right(longest, TIME)
                + ' '
                + effect
                + ' '
                + Text.right(clean, CLEAN);
    }
}
