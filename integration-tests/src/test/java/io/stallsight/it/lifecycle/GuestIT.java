package io.stallsight.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** An application with the agent behaves as it does without it. */
class GuestIT {

    private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(20);

    private static final Pattern LOCAL_REFS = Pattern.compile("WARNING: JNI local refs: \\d+, exceeds capacity: \\d+");

    @EachJdk
    void startUp_ofACleanApplication_printsNothing(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.lifecycle.CleanLoop")
                .agent("threads=*-loop")
                .options("-Xshare:auto")
                .run()
                .healthy()
                .silent();

        assertThat(outcome.stdout()).containsExactly("hello");
    }

    @EachJdk
    void startUp_withJvmChecks_printsNothing(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.lifecycle.CleanLoop")
                .agent("threads=*-loop")
                .options("-Xshare:auto", "-Xcheck:jni")
                .run()
                .exited(0)
                .silent();

        assertThat(withoutWarningsOfTheInstrumentApi(outcome.stdout()))
                .as(outcome::describe)
                .containsExactly("hello");
    }

    /**
     * {@code -Xcheck:jni} warns about {@code java.instrument} itself: on JDK 17 its native code holds more local
     * references than it has reserved, for every agent that requests the loaded classes or retransforms some. The test
     * ignores only these warnings, with their stacks.
     */
    private static List<String> withoutWarningsOfTheInstrumentApi(List<String> stdout) {
        List<String> rest = new ArrayList<>();
        boolean inStack = false;
        for (int i = 0; i < stdout.size(); i++) {
            String line = stdout.get(i);
            if (LOCAL_REFS.matcher(line).matches()
                    && i + 1 < stdout.size()
                    && stdout.get(i + 1).startsWith("\tat sun.instrument.InstrumentationImpl.")) {
                inStack = true;
            } else if (!inStack || !line.startsWith("\t")) {
                inStack = false;
                rest.add(line);
            }
        }
        return rest;
    }

    @EachJdk
    void returnOfMain_endsTheJvmPromptly(Jdk jdk) {
        ForkedJvm.of(jdk, "app.lifecycle.Hello")
                .agent("threads=*")
                .deadline(EXIT_TIMEOUT)
                .run()
                .exited(0);
    }

    @EachJdk
    void quickExit_reportsTheCallJustBefore(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.lifecycle.Exits", "blocks-and-returns")
                .agent("threads=loop")
                .deadline(EXIT_TIMEOUT)
                .run()
                .healthy();

        assertThat(outcome.errors()).contains("Thread.sleep blocked loop");
    }

    @EachJdk
    void exitCode_isTheApplicationsOwn(Jdk jdk) {
        exits(jdk, "exit-on-main").exited(7).silent();
        exits(jdk, "exit-on-loop").exited(8).silent();
    }

    @EachJdk
    void uncaughtException_isPrintedAsWithoutTheAgent(Jdk jdk) {
        Outcome onMain = exits(jdk, "uncaught-on-main").exited(1);
        assertThat(onMain.stderr().get(0))
                .isEqualTo("Exception in thread \"main\" java.lang.IllegalStateException: uncaught on main");
        assertThat(onMain.errors()).doesNotContainIgnoringCase("stallsight");

        Outcome onLoop = exits(jdk, "uncaught-on-loop").exited(0);
        assertThat(onLoop.stderr().get(0))
                .isEqualTo("Exception in thread \"loop\" java.lang.IllegalStateException: uncaught on loop");
        assertThat(onLoop.stdout()).containsExactly("DONE");
    }

    private static Outcome exits(Jdk jdk, String how) {
        return ForkedJvm.of(jdk, "app.lifecycle.Exits", how)
                .agent("threads=*loop")
                .deadline(EXIT_TIMEOUT)
                .run()
                .unharmed();
    }

    @EachJdk
    void logManager_ofTheApplication_isUsed(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.lifecycle.OwnLogManager$Application")
                .agent("threads=*-loop")
                .options("-Djava.util.logging.manager=app.lifecycle.OwnLogManager")
                .run()
                .healthy()
                .silent();

        assertThat(outcome.stdout()).containsExactly("MANAGER app.lifecycle.OwnLogManager", "MADE BY MAIN true");
    }

    @EachJdk
    void suspiciousClassLoader_receivesNoNameOfTheAgent(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.lifecycle.SuspiciousLoader")
                .agent("threads=loop")
                .run()
                .healthy();

        assertThat(outcome.lines("UNEXPECTED ")).as(outcome::describe).isEmpty();
        assertThat(outcome.lines("DONE")).hasSize(1);
        assertThat(outcome.errors()).contains("Thread.sleep blocked loop", "app.lifecycle.TwoSites");
    }

    @EachJdk
    void slf4jInANestedLoader_getsTheReports(Jdk jdk) {
        List<String> arguments = new ArrayList<>(List.of("app.lifecycle.LoggingApplication"));
        ClassPath.programs().with("slf4j-api", "logback-").entries().stream()
                .map(Path::toString)
                .forEach(arguments::add);
        Outcome outcome = ForkedJvm.of(jdk, "app.lifecycle.NestedLauncher", arguments.toArray(String[]::new))
                .agent("threads=loop")
                .run()
                .healthy()
                .silent();

        assertThat(outcome.stdout())
                .as(outcome::describe)
                .anyMatch(line -> line.contains("application started with ch.qos.logback.classic.LoggerContext"))
                .anyMatch(line -> line.contains("WARN")
                        && line.contains("stallsight")
                        && line.contains("Thread.sleep blocked loop"));
    }

    @EachJdk
    void slf4jOnTheClassPath_getsTheReports(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.lifecycle.LoggingApplication")
                .agent("threads=loop")
                .classPath(ClassPath.programs().with("slf4j-api", "logback-"))
                .run()
                .healthy()
                .silent();

        assertThat(outcome.stdout())
                .as(outcome::describe)
                .anyMatch(line -> line.contains("WARN")
                        && line.contains("stallsight")
                        && line.contains("Thread.sleep blocked loop"));
    }

    @EachJdk
    void modularApplication_isWatched(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "modular")
                .module(ModularApplication.compile().toString(), "modular.application/modular.Main")
                .agent("threads=modular-loop")
                .run()
                .healthy();

        assertThat(outcome.stdout()).containsExactly("module modular.application");
        assertThat(outcome.errors()).contains("Thread.sleep blocked modular-loop", "modular.Main");
    }

    @EachJdk
    void report_isReadable(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.lifecycle.NamedThreads", "loop", "loop", "loop")
                .agent("threads=loop")
                .run()
                .healthy();

        // the three calls are one finding, so the log has one block
        assertThat(outcome.stderr().stream().filter(line -> line.contains("Thread.sleep blocked loop for")))
                .as(outcome::describe)
                .hasSize(1);
        assertThat(outcome.errors()).contains("app.lifecycle.NamedThreads.block(NamedThreads.java:", "allow=", "fix");
        assertThat(outcome.errors()).doesNotContain("java.lang.Stallsight", "io.stallsight.engine");
    }
}
