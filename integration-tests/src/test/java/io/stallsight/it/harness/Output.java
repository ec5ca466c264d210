package io.stallsight.it.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The lines of one output stream of a forked JVM, readable while it runs. Thread-safe. */
final class Output {

    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    /** Starts to read {@code stream} to its end on a daemon thread. */
    static Output of(InputStream stream, String threadName) {
        Output output = new Output();
        Thread reader = new Thread(() -> output.read(stream), threadName);
        reader.setDaemon(true);
        reader.start();
        return output;
    }

    private void read(InputStream stream) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (@Nullable String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            synchronized (lines) {
                lines.add("<reading the stream failed: " + e + ">"); // a killed process
            }
        } finally {
            synchronized (lines) {
                ended = true;
                lines.notifyAll();
            }
        }
    }

    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /**
     * The first line that matches, waiting for it until the stream ends or the deadline (of {@link System#nanoTime})
     * passes.
     */
    Optional<String> await(Predicate<String> wanted, long deadlineNanos) throws InterruptedException {
        synchronized (lines) {
            for (int next = 0; ; ) {
                for (; next < lines.size(); next++) {
                    if (wanted.test(lines.get(next))) {
                        return Optional.of(lines.get(next));
                    }
                }
                long left = (deadlineNanos - System.nanoTime()) / 1_000_000;
                if (ended || left <= 0) {
                    return Optional.empty();
                }
                lines.wait(left);
            }
        }
    }

    /** Waits until the stream ends, with a limit: a grandchild may have inherited the stream and keep it open. */
    void awaitEnd(long deadlineNanos) throws InterruptedException {
        await(line -> false, deadlineNanos);
    }
}
