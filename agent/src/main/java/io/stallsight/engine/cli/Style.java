package io.stallsight.engine.cli;

import java.io.Console;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/** Paints text in a terminal, or leaves it plain. */
final class Style {

    /** The values of {@code --color}. */
    enum When {
        auto,
        always,
        never
    }

    /** The first JDK that has a console where there is no terminal, and {@code Console.isTerminal}. */
    private static final int FIRST_WITH_IS_TERMINAL = 22;

    private final ColorScheme colors;

    private Style(Ansi ansi) {
        this.colors = new ColorScheme.Builder(ansi).build();
    }

    /**
     * @param environment {@code NO_COLOR} asks for plain text, whatever its value if it is not empty (no-color.org)
     * @param terminal whether the output goes to a terminal
     */
    static Style of(When when, Map<String, String> environment, boolean terminal) {
        boolean paints = switch (when) {
            case always -> true;
            case never -> false;
            case auto ->
                terminal
                        && environment.getOrDefault("NO_COLOR", "").isEmpty()
                        && !"dumb".equals(environment.get("TERM"));
        };
        return new Style(paints ? Ansi.ON : Ansi.OFF);
    }

    /** Whether standard output goes to a terminal. */
    @SuppressWarnings("SystemConsoleNull") // only below JDK 22 null is the answer
    static boolean isTerminal() {
        Console console = System.console();
        if (console == null || Runtime.version().feature() < FIRST_WITH_IS_TERMINAL) {
            return console != null;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    String bold(String text) {
        return paint(text, Ansi.Style.bold);
    }

    String faint(String text) {
        return paint(text, Ansi.Style.faint);
    }

    String red(String text) {
        return paint(text, Ansi.Style.bold, Ansi.Style.fg_red);
    }

    String yellow(String text) {
        return paint(text, Ansi.Style.bold, Ansi.Style.fg_yellow);
    }

    String green(String text) {
        return paint(text, Ansi.Style.bold, Ansi.Style.fg_green);
    }

    private String paint(String text, Ansi.IStyle... styles) {
        return colors.apply(text, List.of(styles)).toString();
    }
}
