package io.stallsight.it.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fault that the services of the matrix have.
 *
 * @param name of its method in {@code com.shop.Faults}
 * @param kind that Stallsight gives to it
 * @param line that blocks
 */
record Fault(String name, String kind, int line) {

    static final String SITE = "com.shop.Faults.";

    private static final Path SOURCE =
            Path.of("src/test/matrix/common/com/shop/Faults.java").toAbsolutePath();
    private static final Pattern METHOD = Pattern.compile(" {4}private static void (?<name>\\w+)\\(.*");

    private static final List<String[]> KINDS = List.of(
            new String[] {"sleep", "SLEEP"},
            new String[] {"socket", "SOCKET"},
            new String[] {"process", "PROCESS"},
            new String[] {"monitor", "MONITOR"},
            new String[] {"lock", "LOCK"},
            new String[] {"future", "FUTURE"},
            new String[] {"latch", "WAIT"},
            new String[] {"queue", "QUEUE"},
            new String[] {"waiting", "WAIT"});

    /** The name of the fault that computes: a stall, and no blocking call. */
    static final String CPU = "cpu";

    /** How long it computes, as {@code com.shop.Faults} has it. */
    static final int CPU_MILLIS = 250;

    /** The faults that are blocking calls. */
    static List<Fault> blocking() {
        try {
            List<String> lines = Files.readAllLines(SOURCE);
            List<Fault> faults = new ArrayList<>();
            for (String[] kind : KINDS) {
                faults.add(new Fault(kind[0], kind[1], line(lines, kind[0])));
            }
            return faults;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The frame to blame, as events have it. */
    String site() {
        return SITE + name + "(Faults.java:" + line + ")";
    }

    private static int line(List<String> lines, String method) {
        boolean isInside = false;
        for (int i = 0; i < lines.size(); i++) {
            Matcher begin = METHOD.matcher(lines.get(i));
            if (begin.matches()) {
                isInside = begin.group("name").equals(method);
            }
            if (isInside && lines.get(i).endsWith("// blocks")) {
                return i + 1;
            }
        }
        throw new IllegalStateException(method + " has no line that blocks in " + SOURCE);
    }
}
