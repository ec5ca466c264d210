package io.stallsight.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A running forked JVM. Closing it kills the JVM if it still runs. */
public final class RunningJvm implements AutoCloseable {

    private static final long LOOK_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Jdk jdk;
    private final List<String> command;
    private final Process process;
    private final @Nullable Path recording;
    private final long deadlineNanos;
    private final Output stdout;
    private final Output stderr;

    RunningJvm(Jdk jdk, List<String> command, Process process, @Nullable Path recording, long deadlineNanos) {
        this.jdk = jdk;
        this.command = command;
        this.process = process;
        this.recording = recording;
        this.deadlineNanos = deadlineNanos;
        this.stdout = Output.of(process.getInputStream(), "stdout of " + process.pid());
        this.stderr = Output.of(process.getErrorStream(), "stderr of " + process.pid());
    }

    public long pid() {
        return process.pid();
    }

    /** Waits for a line of stdout that starts with {@code prefix}, and returns the rest of it. */
    public String awaitLine(String prefix) {
        return awaitLine(prefix, 1);
    }

    /** Waits for the {@code nth} line of stdout that starts with {@code prefix}, and returns the rest of it. */
    public String awaitLine(String prefix, int nth) {
        AtomicInteger left = new AtomicInteger(nth);
        try {
            return stdout.await(line -> line.startsWith(prefix) && left.decrementAndGet() == 0, deadlineNanos)
                    .orElseThrow(() -> failure("no line of stdout starts with '" + prefix + "'"))
                    .substring(prefix.length());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Waits for a line of stdout that contains {@code text}. */
    public String awaitOutput(String text) {
        try {
            return stdout.await(line -> line.contains(text), deadlineNanos)
                    .orElseThrow(() -> failure("no line of stdout contains '" + text + "'"));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Waits for a line of stderr that contains {@code text}. */
    public String awaitError(String text) {
        try {
            return stderr.await(line -> line.contains(text), deadlineNanos)
                    .orElseThrow(() -> failure("no line of stderr contains '" + text + "'"));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Waits for a line of the agent that contains {@code text}. It is in the application's log, on stdout; or on
     * stderr, if the application needed long for its first log line.
     */
    public String awaitLog(String text) {
        try {
            boolean isAlive = true;
            while (isAlive && System.nanoTime() - deadlineNanos < 0) {
                isAlive = process.isAlive();
                for (Output output : List.of(stdout, stderr)) {
                    long soon = System.nanoTime() + LOOK_PERIOD_NANOS;
                    Optional<String> found = output.await(line -> line.contains(text), soon);
                    if (found.isPresent()) {
                        return found.get();
                    }
                }
            }
            throw failure("no line contains '" + text + "'");
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Waits for a line of stdout that contains {@code text}, and returns the digits after it. */
    public String awaitNumber(String text) {
        String line = awaitOutput(text);
        return line.substring(line.indexOf(text) + text.length()).replaceAll("\\D.*", "");
    }

    /** Writes a line to the program's stdin, for example to make it go on. */
    public void sendLine(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the program does not listen any more\n" + describe(), e);
        }
    }

    /** Ends the program's stdin. */
    public void end() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("the program does not listen any more\n" + describe(), e);
        }
    }

    /** Asks the process to end, as a container does: SIGTERM. What it prints from then on is read as well. */
    public void terminate() {
        process.toHandle().destroy(); // Process.destroy() would close the streams
    }

    /** Waits until the JVM exits by itself; at the deadline, fails with a thread dump and kills it. */
    public Outcome awaitExit() {
        try {
            if (!process.waitFor(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                throw failure("did not exit in time");
            }
            long streams = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            stdout.awaitEnd(streams);
            stderr.awaitEnd(streams);
            return new Outcome(jdk, command, process.exitValue(), stdout.lines(), stderr.lines(), recording);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The thread dump of {@code jcmd}. */
    public String threadDump() {
        return jcmd("Thread.print");
    }

    /** The output of {@code jcmd} for this JVM. */
    public String jcmd(String command) {
        return jdk.tool("jcmd")
                .map(jcmd -> Tool.run(jcmd.toString(), Long.toString(pid()), command))
                .orElse("(no jcmd in " + jdk + ")");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private AssertionError failure(String what) {
        String dump = process.isAlive() ? threadDump() : "exited with " + process.exitValue();
        String message = what + "\n" + describe() + "\n--- threads\n" + dump;
        close();
        return new AssertionError(message);
    }

    private String describe() {
        return String.join(" ", command) + "\n--- stdout\n" + String.join("\n", stdout.lines()) + "\n--- stderr\n"
                + String.join("\n", stderr.lines());
    }

    private AssertionError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        close();
        return new AssertionError("interrupted while a forked JVM ran", e);
    }
}
