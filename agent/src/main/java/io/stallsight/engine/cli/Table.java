package io.stallsight.engine.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Columns of text, each as wide as its widest cell. A column whose title begins with a {@code >} is set to the right,
 * which picocli's {@code TextTable} cannot do; nor does that fit widths to cells.
 */
final class Table {

    private static final String GAP = "  ";
    private static final String RIGHT = ">";

    private final List<String> titles;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... titles) {
        this.titles = List.of(titles);
        rows.add(this.titles.stream()
                .map(title -> title.startsWith(RIGHT) ? title.substring(1) : title)
                .toList());
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    /** The titles, then a line for each row. */
    List<String> lines() {
        String format = IntStream.range(0, titles.size()).mapToObj(this::format).collect(Collectors.joining(GAP));
        return rows.stream()
                .map(row -> String.format(format, row.toArray()).stripTrailing())
                .toList();
    }

    private String format(int column) {
        int width =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return "%" + (titles.get(column).startsWith(RIGHT) ? "" : "-") + Math.max(1, width) + "s";
    }
}
