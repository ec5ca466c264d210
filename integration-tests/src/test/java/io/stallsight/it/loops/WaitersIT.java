package io.stallsight.it.loops;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import app.loops.Waiters;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import java.util.List;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;

/** What a stall reports as waiting is what waited, not what is connected. */
class WaitersIT {

    private static final Pattern FINDING =
            Pattern.compile("\"site\":\"app\\.loops\\.Waiters\\.(\\w+)\\([^\"]*\",\"group\"[^{]*?\"harm\":([0-9.]+)");

    /** The number of connections that waited is a lower bound, which a busy machine makes low. */
    private static final int ATTEMPTS = 3;

    @EachJdk
    void nio(Jdk jdk) {
        waiters_areThoseThatSentARequest(jdk, "nio");
    }

    @EachJdk
    void epoll(Jdk jdk) {
        waiters_areThoseThatSentARequest(jdk, "epoll");
    }

    private static void waiters_areThoseThatSentARequest(Jdk jdk, String transport) {
        Outcome outcome = run(jdk, transport);
        for (int i = 1;
                i < ATTEMPTS && waiting(stalls(outcome), "beforeConnections").equals(List.of(0L));
                i++) {
            outcome = run(jdk, transport); // the loop lost its CPU between the first two accepts
        }
        List<RecordedEvent> stalls = stalls(outcome);

        assertThat(waiting(stalls, "alone"))
                .as("one request after the other")
                .hasSize(6)
                .containsOnly(0L);
        assertThat(waiting(stalls, "beforeOthers")).as("behind one request").containsExactly((long) Waiters.CLIENTS);
        // at least: where the loop loses its CPU in a poll between two accepts, the rest is not counted
        assertThat(waiting(stalls, "beforeConnections"))
                .as("before they were accepted")
                .singleElement()
                .satisfies(waiting -> assertThat(waiting).isBetween(2L, (long) Waiters.CLIENTS));
        assertHarm(jdk, outcome);
    }

    private static Outcome run(Jdk jdk, String transport) {
        return ForkedJvm.of(jdk, "app.loops.Waiters", transport)
                .agent()
                .quietFramework()
                .classPath(ClassPath.programs().with("netty-", "jspecify"))
                .recording()
                .run()
                .healthy();
    }

    private static List<RecordedEvent> stalls(Outcome outcome) {
        return Recordings.events(requireNonNull(outcome.recording()), "stallsight.LoopStall").stream()
                .filter(event -> !event.getBoolean("ongoing"))
                .toList();
    }

    /** The findings of the recording: harm have those for which others waited. */
    private static void assertHarm(Jdk jdk, Outcome outcome) {
        Outcome report = ForkedJvm.commandLine(
                        jdk, "report", requireNonNull(outcome.recording()).toString(), "--json")
                .run();
        List<String> harms = FINDING.matcher(String.join("", report.stdout()))
                .results()
                .map(finding ->
                        finding.group(1) + " " + (Double.parseDouble(finding.group(2)) > 0.5 ? "harmed" : "alone"))
                .toList();
        assertThat(harms).containsExactlyInAnyOrder("beforeOthers harmed", "beforeConnections harmed", "alone alone");
    }

    private static List<Long> waiting(List<RecordedEvent> stalls, String method) {
        return stalls.stream()
                .filter(event -> event.getString("site").contains("Waiters." + method + "("))
                .map(event -> event.getLong("waiting"))
                .toList();
    }
}
