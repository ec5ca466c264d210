package io.stallsight.it.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.BlockingCall;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Options come from four places, in order of precedence, and each has its effect. */
class OptionsIT {

    /** One thread for each place that can name it. */
    private static final String[] THREADS = {"of-arguments", "of-property", "of-environment", "of-file", "of-nobody"};

    @EachJdk
    void agentArguments_winOverEverything(Jdk jdk) throws IOException {
        ForkedJvm jvm = ForkedJvm.of(jdk, "app.lifecycle.NamedThreads", THREADS);
        jvm.agent("threads=of-arguments", "config=" + file(jvm))
                .options("-Dstallsight.threads=of-property")
                .environment("STALLSIGHT_THREADS", "of-environment");

        assertThat(watched(jvm)).containsExactly("of-arguments");
    }

    @EachJdk
    void systemProperty_winsOverEnvironmentAndFile(Jdk jdk) throws IOException {
        ForkedJvm jvm = ForkedJvm.of(jdk, "app.lifecycle.NamedThreads", THREADS);
        jvm.agent("config=" + file(jvm))
                .options("-Dstallsight.threads=of-property")
                .environment("STALLSIGHT_THREADS", "of-environment");

        assertThat(watched(jvm)).containsExactly("of-property");
    }

    @EachJdk
    void environment_winsOverFile(Jdk jdk) throws IOException {
        ForkedJvm jvm = ForkedJvm.of(jdk, "app.lifecycle.NamedThreads", THREADS);
        jvm.agent("config=" + file(jvm)).environment("STALLSIGHT_THREADS", "of-environment");

        assertThat(watched(jvm)).containsExactly("of-environment");
    }

    @EachJdk
    void configFile_isRead(Jdk jdk) throws IOException {
        ForkedJvm jvm = ForkedJvm.of(jdk, "app.lifecycle.NamedThreads", THREADS);
        jvm.agent("config=" + file(jvm));

        assertThat(watched(jvm)).containsExactly("of-file");
    }

    @EachJdk
    void configFile_namedByTheEnvironment_isRead(Jdk jdk) throws IOException {
        ForkedJvm jvm = ForkedJvm.of(jdk, "app.lifecycle.NamedThreads", THREADS);
        jvm.agent().environment("STALLSIGHT_CONFIG", file(jvm).toString());

        assertThat(watched(jvm)).containsExactly("of-file");
    }

    @EachJdk
    void noOption_reportsNoThreadThatMayBlock(Jdk jdk) {
        assertThat(watched(
                        ForkedJvm.of(jdk, "app.lifecycle.NamedThreads", THREADS).agent()))
                .isEmpty();
    }

    @EachJdk
    void threads_areGlobsSeparatedBySemicolon(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.of(jdk, "app.lifecycle.NamedThreads", "io-1", "io-22", "worker-1", "a-loop");
        jvm.agent("threads=io-?;*-loop");

        assertThat(watched(jvm)).containsExactlyInAnyOrder("io-1", "a-loop");
    }

    @EachJdk
    void threadsExclude_removesFromThreads(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.of(jdk, "app.lifecycle.NamedThreads", "io-1", "io-2", "io-3");
        jvm.agent("threads=io-*", "threads.exclude=io-2");

        assertThat(watched(jvm)).containsExactlyInAnyOrder("io-1", "io-3");
    }

    @EachJdk
    void thresholdBlocking_countsShorterCallsWithoutReport(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.of(jdk, "app.lifecycle.NamedThreads", "loop");
        jvm.agent("threads=loop", "threshold.blocking=10s");

        assertThat(watched(jvm)).isEmpty();
    }

    @EachJdk
    void allow_ofAMethod_silencesCallsBelowIt(Jdk jdk) {
        assertThat(sites(jdk, "threads=loop")).hasSize(2);
        assertThat(sites(jdk, "threads=loop", "allow=app.lifecycle.TwoSites#first"))
                .hasSize(1);
    }

    @EachJdk
    void allow_ofAClassOrPackage_silencesAllOfIt(Jdk jdk) {
        assertThat(sites(jdk, "threads=loop", "allow=app.lifecycle.TwoSites")).isEmpty();
        assertThat(sites(jdk, "threads=loop", "allow=app.lifecycle.**")).isEmpty();
        assertThat(sites(jdk, "threads=loop", "allow=app.other.**")).hasSize(2);
    }

    @EachJdk
    void catalogFile_ofTheUser_addsRules(Jdk jdk) throws IOException {
        ForkedJvm jvm = ForkedJvm.of(jdk, "app.lifecycle.TwoSites").recording();
        Path catalog = Files.writeString(jvm.directory().resolve("catalog.json"), """
                {
                  "library": "mine",
                  "allow": [{"frames": ["app.lifecycle.TwoSites#second"], "reason": "known, and rare"}]
                }
                """);

        List<BlockingCall> calls =
                jvm.agent("threads=loop", "catalog=" + catalog).run().healthy().blockingCalls();

        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).frame(frame -> frame.method().equals("first"))).isPresent();
    }

    @EachJdk
    void modeOff_doesNothing(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.lifecycle.NamedThreads", "loop")
                .agent("mode=off", "threads=loop")
                .recording()
                .run()
                .healthy()
                .silent();

        assertThat(outcome.blockingCalls()).isEmpty();
    }

    private static List<BlockingCall> sites(Jdk jdk, String... options) {
        return ForkedJvm.of(jdk, "app.lifecycle.TwoSites")
                .agent(options)
                .recording()
                .run()
                .healthy()
                .blockingCalls();
    }

    /** The names of the threads with a report. */
    private static List<String> watched(ForkedJvm jvm) {
        return jvm.recording().run().healthy().blockingCalls().stream()
                .map(call -> String.valueOf(call.thread()))
                .toList();
    }

    private static Path file(ForkedJvm jvm) throws IOException {
        return Files.writeString(jvm.directory().resolve("stallsight.properties"), "threads=of-file\n");
    }
}
