package io.stallsight.it.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The result of a forked JVM: exit code, output, recording. */
public record Outcome(
        Jdk jdk,
        List<String> command,
        int exitCode,
        List<String> stdout,
        List<String> stderr,
        @Nullable Path recording) {

    private static final Pattern JVM_WARNING =
            Pattern.compile("^(OpenJDK .*warning|Java HotSpot.*warning|WARNING:|\\[.*]\\[warning]|# A fatal error).*");
    private static final Pattern AGENT_ERROR =
            Pattern.compile("^\\[stallsight] error.*|.*stallsight.*(\\bsuppressed\\b|agent stays off).*");

    /**
     * Fails unless the program ended with exit code 0, the agent had no error of its own, and the JVM printed no
     * warning.
     */
    public Outcome healthy() {
        return exited(0).unharmed();
    }

    /** Fails unless the exit code is this one. */
    public Outcome exited(int expected) {
        if (exitCode != expected) {
            throw new AssertionError("exit code " + exitCode + ", expected " + expected + "\n" + describe());
        }
        return this;
    }

    /** Fails if the agent suppressed an error of its own, or if the JVM printed a warning. */
    public Outcome unharmed() {
        return without(JVM_WARNING).withoutAgentError();
    }

    /** Fails if the agent suppressed an error of its own. */
    public Outcome withoutAgentError() {
        return without(AGENT_ERROR);
    }

    private Outcome without(Pattern lines) {
        List<String> bad = Stream.concat(stderr.stream(), stdout.stream())
                .filter(line -> lines.matcher(line).matches())
                .toList();
        if (!bad.isEmpty()) {
            throw new AssertionError("not a clean run: " + bad + "\n" + describe());
        }
        return this;
    }

    /** Fails unless stderr is empty. */
    public Outcome silent() {
        if (!stderr.isEmpty()) {
            throw new AssertionError("stderr is not empty\n" + describe());
        }
        return this;
    }

    /** The blocking calls in the recording, in order of their start. */
    public List<BlockingCall> blockingCalls() {
        if (recording == null) {
            throw new IllegalStateException("the fork makes no recording");
        }
        return Recordings.blockingCalls(recording);
    }

    /** Lines of stdout that start with {@code prefix}, without it. */
    public List<String> lines(String prefix) {
        return stdout.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    public String errors() {
        return String.join("\n", stderr);
    }

    /** Command, exit code and both streams, for a failure message. */
    public String describe() {
        return String.join(" ", command) + "\nexit code " + exitCode + " on " + jdk + "\n--- stdout\n"
                + String.join("\n", stdout) + "\n--- stderr\n" + errors();
    }
}
