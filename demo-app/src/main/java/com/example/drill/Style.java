package com.example.drill;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The abilities of the terminal: box drawing if the locale is UTF-8, colours if the output is a terminal.
 *
 * @param unicode whether to use characters beyond ASCII
 * @param colour whether to use ANSI colours
 */
record Style(boolean unicode, boolean colour) {
    static Style of(Map<String, String> environment) {
        boolean utf8 = Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(environment::get)
                .filter(Objects::nonNull)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(locale -> locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8"))
                .orElse(false);
        return new Style(utf8, isTerminal() && !environment.containsKey("NO_COLOR"));
    }

    /** Standard output in UTF-8, whatever the JVM has detected. All text is ASCII if the terminal is not UTF-8. */
    PrintStream out() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }

    String line(int width) {
        return (unicode ? "\u2500" : "-").repeat(width);
    }

    String good(String text) {
        return colour ? "\u001b[32m" + text + "\u001b[0m" : text;
    }

    String bad(String text) {
        return colour ? "\u001b[31;1m" + text + "\u001b[0m" : text;
    }

    String faint(String text) {
        return colour ? "\u001b[2m" + text + "\u001b[0m" : text;
    }

    /** From Java 22 on, {@code System.console()} also exists without a terminal, and has a method to test for one. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null || Runtime.version().feature() < 22) {
            return console != null;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException unknown) {
            return false;
        }
    }
}
