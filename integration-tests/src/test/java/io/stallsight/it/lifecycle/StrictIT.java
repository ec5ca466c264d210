package io.stallsight.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;

/** In strict mode the call does not happen. */
class StrictIT {

    @EachJdk(crossed = true)
    void blockingCall_isRefusedBeforeItHappens(Jdk jdk) {
        Outcome outcome = run(jdk, "threads=loop", "mode=strict");

        assertThat(outcome.lines("RETURNED")).isEmpty();
        assertThat(outcome.lines("EXISTS ")).containsExactly("false");
        assertThat(outcome.lines("SLEPT "))
                .singleElement()
                .satisfies(millis -> assertThat(Long.parseLong(millis)).isLessThan(4_000));
    }

    @EachJdk
    void error_namesCallLineThreadFixAndAllowRule(Jdk jdk) {
        Outcome outcome = run(jdk, "threads=loop", "mode=strict");

        assertThat(outcome.lines("REFUSED "))
                .singleElement()
                .asString()
                .startsWith("io.stallsight.api.BlockingCallError: ")
                .contains("Files.createFile", "Strict.java:", "\"loop\"", "Fix: ", "allow=app.lifecycle.Strict#create");
    }

    @EachJdk
    void error_hasNoAgentFrames(Jdk jdk) {
        Outcome outcome = run(jdk, "threads=loop", "mode=strict");

        assertThat(outcome.lines("FRAME "))
                .isNotEmpty()
                .noneMatch(frame -> frame.toLowerCase(java.util.Locale.ROOT).contains("stallsight"));
    }

    @EachJdk
    void observe_letsTheCallHappen(Jdk jdk) {
        Outcome outcome = run(jdk, "threads=loop", "mode=observe", "allow=java.lang.Thread");

        assertThat(outcome.lines("RETURNED")).hasSize(1);
        assertThat(outcome.lines("EXISTS ")).containsExactly("true");
    }

    @EachJdk
    void allowedCall_happensInStrictMode(Jdk jdk) {
        Outcome outcome = run(jdk, "threads=loop", "mode=strict", "allow=app.lifecycle.Strict#create");

        assertThat(outcome.lines("RETURNED")).hasSize(1);
        assertThat(outcome.lines("EXISTS ")).containsExactly("true");
    }

    private static Outcome run(Jdk jdk, String... options) {
        ForkedJvm jvm = ForkedJvm.of(jdk, "app.lifecycle.Strict", "created.txt").agent(options);
        Outcome outcome = jvm.run().healthy();
        assertThat(outcome.lines("DONE")).as(outcome::describe).hasSize(1);
        return outcome;
    }
}
