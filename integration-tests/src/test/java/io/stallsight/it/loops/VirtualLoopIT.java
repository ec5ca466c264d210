package io.stallsight.it.loops;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;

/** An event loop on a virtual thread is found by what it does. */
class VirtualLoopIT {

    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    @EachJdk(from = FIRST_WITH_VIRTUAL_THREADS)
    void selectorOnAVirtualThread_isALoop_andAThreadWithOneChannelIsNot(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.loops.VirtualLoop")
                .agent()
                .recording()
                .run()
                .healthy();

        assertThat(outcome.blockingCalls()).as(outcome::describe).isNotEmpty().allSatisfy(call -> {
            assertThat(call.loopGroup()).isEqualTo("unnamed-#");
            assertThat(call.kind()).isEqualTo("SLEEP");
            assertThat(call.stack()).anyMatch(frame -> frame.method().equals("blocks"));
            assertThat(call.stack()).noneMatch(frame -> frame.method().equals("waits"));
        });
        assertThat(outcome.blockingCalls().size()).as("one a request").isGreaterThan(3);
    }
}
