package io.stallsight.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Rules for every command: help, exit codes, and one line for a mistake. */
class CommandLineIT {

    @EachJdk
    void help_namesEveryCommand(Jdk jdk) {
        Outcome outcome = run(jdk, "--help").healthy().silent();

        assertThat(String.join("\n", outcome.stdout()))
                .contains("ps ", "attach ", "detach ", "top ", "report ", "config ", "check ");
        for (String command : new String[] {"ps", "attach", "detach", "top", "report", "config", "check"}) {
            assertThat(run(jdk, command, "--help").healthy().silent().stdout().get(0))
                    .startsWith("Usage: stallsight " + command);
        }
    }

    @EachJdk
    void commands_withoutTheAttachModule_failWithOneLine(Jdk jdk) {
        Stream.of("ps", "attach 1", "detach 1", "config 1", "top 1").parallel().forEach(command -> {
            Outcome outcome = ForkedJvm.commandLine(jdk, command.split(" "))
                    .options("--limit-modules", "java.base,java.instrument,jdk.jfr")
                    .run();

            assertThat(mistake(outcome)).as(command).contains("no module jdk.attach");
        });
    }

    @EachJdk
    void report_ofAFileThatIsNoRecording_failsWithOneLine(Jdk jdk, @TempDir Path folder) throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.jfr"));
        Path text = Files.writeString(folder.resolve("text.jfr"), "this is no recording, it is a text");

        assertThat(mistake(run(jdk, "report", folder.toString()))).contains("is a folder");
        assertThat(mistake(run(jdk, "report", folder.resolve("none.jfr").toString())))
                .contains("there is no file");
        assertThat(mistake(run(jdk, "report", empty.toString()))).contains("is empty");
        assertThat(mistake(run(jdk, "report", text.toString()))).contains("is no recording of JFR");
    }

    @EachJdk
    void color_isForTerminalsOnlyUnlessAskedFor(Jdk jdk) {
        assertThat(mistake(run(jdk, "ps", "--color=sometimes"))).contains("--color", "auto, always, never");
        assertThat(run(jdk, "ps").healthy().stdout()).noneMatch(line -> line.contains("\u001b"));
    }

    static Outcome run(Jdk jdk, String... arguments) {
        return ForkedJvm.commandLine(jdk, arguments).run();
    }

    /** The one line of a command that exits with 2. */
    static String mistake(Outcome outcome) {
        outcome.exited(2);
        assertThat(outcome.stdout()).as(outcome::describe).isEmpty();
        assertThat(outcome.stderr()).as(outcome::describe).hasSize(1);
        return outcome.stderr().get(0);
    }
}
