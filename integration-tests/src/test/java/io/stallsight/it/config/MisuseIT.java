package io.stallsight.it.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** For a mistake in the options the agent prints one line; the application runs as if the agent were not there. */
class MisuseIT {

    @EachJdk
    void unknownKey_isNamedWithTheNearestKeyAndTheApplicationRuns(Jdk jdk) {
        assertThat(errorLine(jdk, "treads=x")).contains("treads", "threads", "threshold.blocking");
        assertThat(errorLine(jdk, "treshold.blocking=1ms"))
                .contains("treshold.blocking", "did you mean threshold.blocking");
    }

    @EachJdk
    void badValue_isNamedWithItsKeyAndTheAllowedValues(Jdk jdk) {
        assertThat(errorLine(jdk, "mode=observ")).contains("mode", "\"observ\"", "observe, strict or off");
        assertThat(errorLine(jdk, "threshold.blocking=fast")).contains("threshold.blocking", "\"fast\"", "1ms");
        assertThat(errorLine(jdk, "interval=1ms")).contains("interval", "\"1ms\"", "at least 100ms");
    }

    @EachJdk
    void missingFile_isNamed(Jdk jdk) {
        assertThat(errorLine(jdk, "config=/no/such/file")).contains("config", "/no/such/file", "readable");
        assertThat(errorLine(jdk, "catalog=/no/such/file")).contains("catalog", "/no/such/file", "readable");
    }

    @EachJdk
    void unreadableCatalog_isNamed(Jdk jdk) throws IOException {
        Path catalog = Files.writeString(Files.createTempFile("catalog", ".json"), "{ this is no catalog");

        assertThat(errorLine(jdk, "catalog=" + catalog)).contains(catalog.toString());
        Files.delete(catalog);
    }

    @EachJdk
    void mistakeInSystemPropertyOrEnvironmentOrFile_isNamedWithItsPlace(Jdk jdk) throws IOException {
        Outcome property = ForkedJvm.of(jdk, "app.lifecycle.Hello")
                .agent()
                .options("-Dstallsight.mode=fast")
                .run();
        Outcome environment = ForkedJvm.of(jdk, "app.lifecycle.Hello")
                .agent()
                .environment("STALLSIGHT_MODE", "fast")
                .run();
        Path file = Files.writeString(Files.createTempFile("stallsight", ".properties"), "mode=fast\n");
        Outcome config =
                ForkedJvm.of(jdk, "app.lifecycle.Hello").agent("config=" + file).run();

        assertThat(errorLine(property)).contains("stallsight.mode", "\"fast\"");
        assertThat(errorLine(environment)).contains("STALLSIGHT_MODE", "\"fast\"");
        assertThat(errorLine(config)).contains("mode", file.toString(), "\"fast\"");
        Files.delete(file);
    }

    @EachJdk
    void commandLine_badOption_exitsWith2(Jdk jdk) {
        assertThat(refusal(jdk, "attach", own(), "mode=fast")).contains("mode", "\"fast\"", "observe, strict or off");
        assertThat(refusal(jdk, "attach", own(), "treads=x")).contains("treads", "did you mean threads");
    }

    @EachJdk
    void commandLine_noOrUnknownCommand_exitsWith2(Jdk jdk) {
        assertThat(refusal(jdk)).contains("attach", "detach", "check");
        assertThat(refusal(jdk, "frobnicate")).contains("frobnicate", "attach", "detach", "check");
    }

    @EachJdk
    void attach_toWhatIsNoProcessId_exitsWith2(Jdk jdk) {
        assertThat(refusal(jdk, "attach", "abc")).contains("abc");
        assertThat(refusal(jdk, "attach", "99999999")).contains("99999999");
        assertThat(refusal(jdk, "attach")).contains("<pid>");
    }

    @EachJdk
    void attach_toAProcessThatIsNoJvm_exitsWith2AndLeavesItAlone(Jdk jdk) throws IOException {
        Process innocent = new ProcessBuilder("cat").start();
        try {
            String pid = Long.toString(innocent.pid());
            assertThat(refusal(jdk, "attach", pid)).contains(pid, "JVM");
            assertThat(innocent.isAlive()).isTrue();
        } finally {
            innocent.destroy();
        }
    }

    @EachJdk
    void detach_fromAJvmWithoutAgent_exitsWith2(Jdk jdk) {
        assertThat(refusal(jdk, "detach", own())).contains("not attached");
    }

    private static String own() {
        return Long.toString(ProcessHandle.current().pid());
    }

    private static String errorLine(Jdk jdk, String option) {
        return errorLine(ForkedJvm.of(jdk, "app.lifecycle.Hello").agent(option).run());
    }

    /** The one line of stderr of an application that ran to its end. */
    private static String errorLine(Outcome outcome) {
        outcome.exited(0);
        assertThat(outcome.stdout()).as(outcome::describe).containsExactly("hello");
        assertThat(outcome.stderr()).as(outcome::describe).hasSize(1);
        return outcome.stderr().get(0);
    }

    /** The one line of stderr of a command that exits with 2. */
    private static String refusal(Jdk jdk, String... arguments) {
        Outcome outcome = ForkedJvm.commandLine(jdk, arguments).run().exited(2);
        List<String> stderr = outcome.stderr();
        assertThat(stderr).as(outcome::describe).hasSize(1);
        return stderr.get(0);
    }
}
