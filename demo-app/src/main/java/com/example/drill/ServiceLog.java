package com.example.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Stallsight's lines in the service's log. */
final class ServiceLog {
    private static final int REPORT_LINES = 5;

    private final List<String> lines;

    private ServiceLog(List<String> lines) {
        this.lines = lines;
    }

    static ServiceLog read(Path file) throws IOException {
        return new ServiceLog(Files.readAllLines(file));
    }

    /** Returns the agent's messages from before the service had set up its logging. */
    List<String> startMessages() {
        return lines.stream().filter(line -> line.startsWith("[stallsight]")).toList();
    }

    /**
     * Returns the beginning of the first report: the line with the blocked thread and the indented lines below it.
     * Empty without a report.
     */
    List<String> firstReport() {
        int first = IntStream.range(0, lines.size())
                .filter(index -> lines.get(index).contains("stallsight")
                        && lines.get(index).contains(" blocked "))
                .findFirst()
                .orElse(lines.size());
        return IntStream.range(first, lines.size())
                .limit(REPORT_LINES)
                .filter(index -> index == first || lines.get(index).startsWith("    "))
                .mapToObj(index -> index == first ? message(lines.get(index)) : lines.get(index))
                .toList();
    }

    /** Removes time, level and thread, which would make the line too long for a terminal. */
    private static String message(String line) {
        return line.substring(line.indexOf(" : ") < 0 ? 0 : line.indexOf(" : ") + 3);
    }
}
