package io.stallsight.it.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A blocking call that a program announced: {@code BLOCKED thread|class|method|line|api|millis|detail}.
 *
 * @param shortest the shortest time that it can have blocked
 * @param detail a part of the report's detail
 */
public record Announced(
        String thread, String type, String method, int line, String api, Duration shortest, String detail) {

    /** By the measuring clock, a timer may fire early. */
    private static final Duration EARLY = Duration.ofMillis(5);

    private static Announced parse(String text) {
        String[] fields = text.split("\\|", -1);
        return new Announced(
                fields[0],
                fields[1],
                fields[2],
                Integer.parseInt(fields[3]),
                fields[4],
                Duration.ofMillis(Long.parseLong(fields[5])),
                fields[6]);
    }

    /**
     * Fails unless the program announced at least one call, each announced call was recorded once, with its line, and
     * nothing else was recorded: no clean handler, no idle loop, no worker.
     */
    public static List<BlockingCall> exactly(Outcome outcome) {
        if (outcome.lines("DONE").isEmpty()) {
            throw new AssertionError("the program did not get to its end\n" + outcome.describe());
        }
        List<Announced> missing = new ArrayList<>(
                outcome.lines("BLOCKED ").stream().map(Announced::parse).toList());
        if (missing.isEmpty()) {
            throw new AssertionError("the program announced nothing\n" + outcome.describe());
        }
        List<BlockingCall> recorded = outcome.blockingCalls();
        List<BlockingCall> unannounced = new ArrayList<>();
        for (BlockingCall call : recorded) {
            Optional<Announced> announced =
                    missing.stream().filter(expected -> expected.matches(call)).findFirst();
            announced.ifPresentOrElse(missing::remove, () -> unannounced.add(call));
        }
        if (!missing.isEmpty() || !unannounced.isEmpty()) {
            throw new AssertionError(
                    "announced and not recorded:\n" + lines(missing) + "\nrecorded and not announced:\n"
                            + unannounced.stream().map(Announced::withStack).collect(Collectors.joining("\n")) + "\n"
                            + outcome.describe());
        }
        return recorded;
    }

    private boolean matches(BlockingCall call) {
        Optional<BlockingCall.Frame> application =
                call.frame(frame -> frame.type().startsWith("app."));
        return thread.equals(call.thread())
                && api.equals(call.api())
                && call.detail().contains(detail)
                && call.duration().compareTo(shortest.minus(EARLY)) >= 0
                && application
                        .filter(frame -> frame.type().equals(type)
                                && frame.method().equals(method)
                                && frame.line() == line
                                && call.site().contains(":" + line))
                        .isPresent();
    }

    private static String lines(List<?> all) {
        return all.stream().map(each -> "  " + each).collect(Collectors.joining("\n"));
    }

    private static String withStack(BlockingCall call) {
        return "  " + call
                + call.stack().stream().map(frame -> "\n      at " + frame).collect(Collectors.joining());
    }
}
