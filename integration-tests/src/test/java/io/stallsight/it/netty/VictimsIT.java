package io.stallsight.it.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import org.assertj.core.api.InstanceOfAssertFactories;

/**
 * A stall says which requests stood still behind it, and how much time they lost. In each of five rounds, 63 come one
 * by one behind another one, and the program measures how long they wait.
 */
class VictimsIT {

    private static final int ROUNDS = 5;
    private static final int MAX_ERROR_PERCENT = 5;
    private static final int REQUESTS = 63;

    /** On a busy machine, the agent may not get a CPU while a stall lasts. */
    private static final int MIN_KNOWN = 3;

    private static final Pattern WAITED =
            Pattern.compile("/(hello|orders/[0-9]+) waited \\S+ m?s for event loop multiThread\\S+");
    private static final String MEASURED = "lost ";

    @EachJdk
    void nio_stallNamesTheRequestsThatWaited_andTheTimeTheyLost(Jdk jdk) {
        Outcome outcome = check(jdk, "nio");
        List<String> events = outcome.lines("EVENT ");
        assertThat(events)
                .as(outcome::describe)
                .filteredOn(event -> event.startsWith("/slow"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .matches("/slow held event loop multiThread\\S+ for \\S+ m?s, not in blocking calls");
        assertThat(events)
                .as(outcome::describe)
                .filteredOn(event -> WAITED.matcher(event).matches())
                .hasSize(REQUESTS);
    }

    @EachJdk
    void epoll_stallNamesTheRequestsThatWaited_andTheTimeTheyLost(Jdk jdk) {
        check(jdk, "epoll");
    }

    private static Outcome check(Jdk jdk, String transport) {
        Outcome outcome = ForkedJvm.of(jdk, "app.netty.HttpVictims", transport)
                .agent()
                .quietFramework()
                .classPath(ClassPath.programs().with("netty-", "opentelemetry-"))
                .recording()
                .run()
                .healthy();
        List<RecordedEvent> all =
                Recordings.events(Objects.requireNonNull(outcome.recording()), "stallsight.LoopStall").stream()
                        .filter(stall -> !stall.getBoolean("ongoing"))
                        .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                        .toList();
        List<RecordedEvent> stalls = all.stream().filter(VictimsIT::isSlow).toList();
        List<Long> measured = outcome.stdout().stream()
                .filter(line -> line.startsWith(MEASURED))
                .map(line -> Long.valueOf(line.substring(MEASURED.length())))
                .toList();

        assertThat(stalls).as(outcome::describe).hasSize(ROUNDS);
        int known = 0;
        for (int round = 0; round < ROUNDS; round++) {
            RecordedEvent stall = stalls.get(round);
            assertThat(stall.getString("victims"))
                    .as(outcome::describe)
                    .isEqualTo("45 GET /hello\n18 GET /orders/{id}");
            long lost = stall.getDuration("lost").toNanos();
            if (lost >= 0) {
                known++;
                assertThat(stall.getDouble("harm")).isEqualTo(lost / 1e9);
                assertThat(lost(all, stall))
                        .as(outcome::describe)
                        .isCloseTo(measured.get(round), withinPercentage(MAX_ERROR_PERCENT));
            }
        }
        assertThat(known).as(outcome::describe).isGreaterThanOrEqualTo(MIN_KNOWN);
        return outcome;
    }

    private static boolean isSlow(RecordedEvent stall) {
        return "GET /slow".equals(stall.getString("request"));
    }

    /** On a busy machine, to serve the requests may be a stall as well, behind which the last of them lose more. */
    private static long lost(List<RecordedEvent> all, RecordedEvent slow) {
        long lost = 0;
        for (int i = all.indexOf(slow); i < all.size() && (all.get(i) == slow || !isSlow(all.get(i))); i++) {
            lost += Math.max(0, all.get(i).getDuration("lost").toNanos());
        }
        return lost;
    }
}
