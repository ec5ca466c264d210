package io.stallsight.engine.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns of text, as wide as what is in them. Columns whose title begins with a {@code >} are set to the right. */
final class Table {

    private static final String GAP = "  ";

    private final String[] titles;
    private final boolean[] right;
    private final List<String[]> rows = new ArrayList<>();

    Table(String... titles) {
        this.titles = new String[titles.length];
        this.right = new boolean[titles.length];
        for (int i = 0; i < titles.length; i++) {
            right[i] = titles[i].startsWith(">");
            this.titles[i] = right[i] ? titles[i].substring(1) : titles[i];
        }
    }

    void row(String... cells) {
        rows.add(cells);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The head, then a line for each row. */
    List<String> lines() {
        int[] widths = new int[titles.length];
        List<String[]> all = new ArrayList<>(rows);
        all.add(0, titles);
        for (String[] row : all) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            char[] space = new char[widths[i] - row[i].length()];
            Arrays.fill(space, ' ');
            line.append(i == 0 ? "" : GAP);
            line.append(right[i] ? String.valueOf(space) + row[i] : row[i] + String.valueOf(space));
        }
        return line.toString().stripTrailing();
    }
}
