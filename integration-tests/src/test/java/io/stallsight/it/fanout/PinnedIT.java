package io.stallsight.it.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Pinned virtual threads are reported with the reason; without virtual threads the agent does not start JFR. */
class PinnedIT {

    private static final int VIRTUAL_THREADS = 21;

    /** From this JDK on, {@code synchronized} does not pin (JEP 491). */
    private static final int NO_PINNING_BY_MONITORS = 24;

    @EachJdk(from = VIRTUAL_THREADS)
    void sleepingStaticInitialiser_isReportedWithSiteAndReason(Jdk jdk) {
        Outcome outcome = pins(jdk, "recorded");

        assertThat(outcome.lines("SITE ")).singleElement().asString().startsWith("app.fanout.Pins.sleep(Pins.java:");
        assertThat(outcome.lines("REASON "))
                .singleElement()
                .asString()
                .contains("static initialiser of app.fanout.Pins$Plugin");
        assertThat(outcome.lines("THREAD ")).containsExactly("plugin");
        assertThat(outcome.lines("MILLIS "))
                .singleElement()
                .satisfies(millis -> assertThat(Long.parseLong(millis)).isGreaterThanOrEqualTo(60));
        assertThat(outcome.lines("COUNT ")).as("of ours and of the JDK's").containsExactly("1 1");
        assertThat(outcome.errors()).contains("PINNED: virtual thread plugin kept its carrier for ");
    }

    @EachJdk(from = VIRTUAL_THREADS)
    void sleepingSynchronized_isReportedWhereItPins(Jdk jdk) {
        if (jdk.feature() < NO_PINNING_BY_MONITORS) {
            assertThat(pins(jdk, "synchronized").lines("REASON "))
                    .singleElement()
                    .asString()
                    .isEqualTo("Monitor held: synchronized app.fanout.Pins.sleepWithMonitor");
        }
    }

    /** The agent records at the same time: JFR would use its settings where the user's recording has none. */
    @EachJdk(from = VIRTUAL_THREADS)
    void recordingWithDefaultSettings_hasTheDefaultEvents(Jdk jdk, @TempDir Path folder) {
        Path recording = folder.resolve("default.jfr");

        ForkedJvm.of(jdk, "app.fanout.PinsBesideARecording")
                .agent()
                .options("-XX:StartFlightRecording=filename=" + recording)
                .run()
                .healthy();

        assertThat(Recordings.events(recording, "stallsight.Pinned")).isNotEmpty();
        assertThat(Recordings.events(recording, "app.Own")).hasSize(30);
    }

    @EachJdk
    void withoutVirtualThreads_jfrIsNotStarted(Jdk jdk) {
        assertThat(pins(jdk, "none").silent().lines("JFR ")).containsExactly("false");
    }

    private static Outcome pins(Jdk jdk, String how) {
        return ForkedJvm.of(jdk, "app.fanout.Pins", how).agent().run().healthy();
    }
}
