package io.stallsight.it.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import java.util.List;
import java.util.Objects;
import jdk.jfr.consumer.RecordedEvent;

/**
 * A stall says which requests stood still behind it. In each of five rounds, 20 wait for one that sleeps for 400 ms.
 */
class VictimsIT {

    private static final int ROUNDS = 5;

    @EachJdk
    void nio_stallNamesTheRequestsThatWaited(Jdk jdk) {
        check(jdk, "nio");
    }

    @EachJdk
    void epoll_stallNamesTheRequestsThatWaited(Jdk jdk) {
        check(jdk, "epoll");
    }

    private static void check(Jdk jdk, String transport) {
        Outcome outcome = ForkedJvm.of(jdk, "app.netty.HttpVictims", transport)
                .agent()
                .quietFramework()
                .classPath(ClassPath.programs().with("netty-"))
                .recording()
                .run()
                .healthy();
        List<RecordedEvent> stalls =
                Recordings.events(Objects.requireNonNull(outcome.recording()), "stallsight.LoopStall").stream()
                        .filter(stall -> "GET /slow".equals(stall.getString("request")))
                        .filter(stall -> !stall.getBoolean("ongoing"))
                        .toList();

        assertThat(stalls).as(outcome::describe).hasSize(ROUNDS);
        assertThat(stalls)
                .as(outcome::describe)
                .allSatisfy(
                        stall -> assertThat(stall.getString("victims")).isEqualTo("14 GET /hello\n6 GET /orders/{id}"));
    }
}
