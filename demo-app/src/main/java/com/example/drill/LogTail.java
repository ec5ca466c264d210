package com.example.drill;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What the service writes to its log. */
final class LogTail {
    private static final long POLL_MILLIS = 200;
    private static final int BUFFER = 8192;

    private LogTail() {}

    /** The lines so far that begin with a prefix. */
    static List<String> lines(Path file, String prefix) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(prefix)).toList();
        }
    }

    /**
     * Copies what is appended, as {@code tail -f} does. Starts at the end of the file and returns when the condition no
     * longer holds.
     */
    static void follow(Path file, PrintStream out, BooleanSupplier goOn) throws IOException, InterruptedException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(log.length());
            byte[] buffer = new byte[BUFFER];
            while (goOn.getAsBoolean()) {
                for (int count = log.read(buffer); count > 0; count = log.read(buffer)) {
                    out.write(buffer, 0, count);
                }
                out.flush();
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
    }
}
