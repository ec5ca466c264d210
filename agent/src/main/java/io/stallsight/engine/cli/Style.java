package io.stallsight.engine.cli;

import java.io.Console;
import java.util.Map;

/** Colours, for those who can see them. */
final class Style {

    /** What {@code --color} may be. */
    enum When {
        auto,
        always,
        never
    }

    private static final int FIRST_WITH_IS_TERMINAL = 22;

    private final boolean on;

    private Style(boolean on) {
        this.on = on;
    }

    /**
     * @param environment {@code NO_COLOR}, whatever its value if it is not empty, is a wish for no colours
     *     (no-color.org)
     * @param terminal whether somebody looks at the output
     */
    static Style of(When when, Map<String, String> environment, boolean terminal) {
        return new Style(
                switch (when) {
                    case always -> true;
                    case never -> false;
                    case auto ->
                        terminal
                                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                                && !"dumb".equals(environment.get("TERM"));
                });
    }

    /** Whether standard output goes to a terminal. */
    @SuppressWarnings("SystemConsoleNull") // what is asked from 22 on instead
    static boolean isTerminal() {
        Console console = System.console();
        if (console == null || Runtime.version().feature() < FIRST_WITH_IS_TERMINAL) {
            return console != null;
        }
        try { // from that version on there may be a console without a terminal
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException notThere) {
            return true;
        }
    }

    String bold(String text) {
        return paint("1", text);
    }

    String faint(String text) {
        return paint("2", text);
    }

    String red(String text) {
        return paint("31", text);
    }

    String yellow(String text) {
        return paint("33", text);
    }

    String green(String text) {
        return paint("32", text);
    }

    private String paint(String code, String text) {
        return on && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
