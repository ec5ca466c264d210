package io.stallsight.it.probe;

import io.stallsight.it.harness.BlockingCall;
import io.stallsight.it.harness.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Matches the probe's lines with the recorded blocking calls; lists every mismatch as a table. */
final class ProbeReport {

    /**
     * JFR sets its clock once for each recording, and the probe reads the system's clock. This is smaller than the gap
     * between two primitives.
     */
    private static final Duration CLOCK_SLACK = Duration.ofMillis(2);

    /** By the other clock a timer may fire a little early, and some peers begin to count before the call does. */
    private static final Duration EARLY = Duration.ofMillis(5);

    /** The agent sees a wait for a monitor from outside; the measured wait begins with its next look. */
    private static final Duration LOOK_PERIOD = Duration.ofMillis(5);

    private final String thread;
    private final List<ProbeCase> cases;
    private final List<BlockingCall> calls;
    private final List<String> problems = new ArrayList<>();

    ProbeReport(Outcome outcome, String thread) {
        this.thread = thread;
        this.cases = outcome.lines("CASE ").stream().map(ProbeCase::parse).toList();
        this.calls = outcome.blockingCalls();
        outcome.lines("FAILED ").forEach(line -> problems.add("the probe itself failed | " + line));
        check();
    }

    int size() {
        return cases.size();
    }

    /** Fails with all mismatches, if there are any. */
    void assertNoMismatch() {
        if (!problems.isEmpty()) {
            throw new AssertionError(problems.size() + " of " + cases.size() + " primitives not as promised ("
                    + calls.size() + " calls recorded):\n  " + String.join("\n  ", problems));
        }
    }

    private void check() {
        Map<ProbeCase, List<BlockingCall>> byCase = new LinkedHashMap<>();
        cases.forEach(primitive -> byCase.put(primitive, new ArrayList<>()));
        for (BlockingCall call : calls) {
            Optional<ProbeCase> owner = thread.equals(call.thread())
                    ? cases.stream()
                            .filter(primitive -> primitive.contains(call, CLOCK_SLACK))
                            .findFirst()
                    : Optional.empty();
            if (owner.isPresent()) {
                byCase.get(owner.get()).add(call);
            } else {
                problems.add("belongs to no primitive | " + call);
            }
        }
        byCase.forEach(this::check);
    }

    private void check(ProbeCase primitive, List<BlockingCall> reported) {
        if (!primitive.blocks()) {
            if (!reported.isEmpty()) {
                problem(primitive, "does not block, reported", reported);
            }
        } else if (reported.isEmpty()) {
            problem(primitive, "not reported, expected " + primitive.kinds(), reported);
        } else if (reported.size() > 1) {
            problem(primitive, "reported " + reported.size() + " times", reported);
        } else {
            checkOnly(primitive, reported);
        }
    }

    private void checkOnly(ProbeCase primitive, List<BlockingCall> reported) {
        BlockingCall call = reported.get(0);
        Duration window = Duration.between(primitive.start(), primitive.end());
        Duration shortest = primitive.shortest().minus(EARLY);
        if (call.duration().compareTo(call.kind().equals("MONITOR") ? shortest.minus(LOOK_PERIOD) : shortest) < 0) {
            problem(
                    primitive,
                    "too short, blocked at least " + primitive.shortest().toMillis() + " ms",
                    reported);
        }
        if (call.duration().compareTo(window.plus(CLOCK_SLACK)) > 0) {
            problem(primitive, "too long, all of it took " + window.toNanos() / 1e6 + " ms", reported);
        }
        if (!primitive.kinds().contains(call.kind())) {
            problem(primitive, "kind expected " + primitive.kinds(), reported);
        }
        if (!primitive.api().isEmpty() && !primitive.api().equals(call.api())) {
            problem(primitive, "api expected " + primitive.api(), reported);
        }
        if (!call.detail().contains(primitive.detail())) {
            problem(primitive, "detail expected " + primitive.detail() + ", is '" + call.detail() + "'", reported);
        }
        if (!call.site().contains("probe.")) {
            problem(primitive, "site names no line of the probe: " + call.site(), reported);
        }
        checkStack(primitive, call, reported);
    }

    private void checkStack(ProbeCase primitive, BlockingCall call, List<BlockingCall> reported) {
        if (call.stack().isEmpty()) {
            problem(primitive, "has no stack", reported);
            return;
        }
        String stack = call.stack().stream().map(BlockingCall.Frame::toString).collect(Collectors.joining(" < "));
        Optional<BlockingCall.Frame> first = call.frame(ProbeReport::isOfTheProbe);
        if (first.isEmpty()) {
            problem(primitive, "no frame of the probe in " + stack, reported);
        } else if (!call.site().contains(first.get().type().replaceFirst("\\$.*", ""))
                || !call.site().contains(":" + first.get().line())) {
            problem(primitive, "site is not the first application frame " + first.get() + ": " + call.site(), reported);
        }
        boolean fromSuite =
                call.stack().stream().anyMatch(frame -> frame.type().startsWith("probe." + primitive.suite()));
        if (!fromSuite && !primitive.method().endsWith("_reference")) {
            problem(primitive, "no frame of its suite in " + stack, reported);
        }
        if (call.frame(frame -> frame.type().contains("tallsight")).isPresent()) {
            problem(primitive, "agent frame in " + stack, reported);
        }
    }

    /** A method reference has its own frame, in a class without source. */
    private static boolean isOfTheProbe(BlockingCall.Frame frame) {
        return frame.type().startsWith("probe.") && !frame.type().contains("$$Lambda");
    }

    private void problem(ProbeCase primitive, String what, List<BlockingCall> reported) {
        problems.add(primitive + " | " + what
                + reported.stream().map(call -> "\n      | " + call).collect(Collectors.joining()));
    }
}
