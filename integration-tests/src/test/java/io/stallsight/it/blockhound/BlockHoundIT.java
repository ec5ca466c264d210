package io.stallsight.it.blockhound;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import java.util.List;

/** The real BlockHound on the class path, Stallsight attached, no JVM flag. */
class BlockHoundIT {

    private static final String SLEEP = "BlockingOperationError: Blocking call! java.lang.Thread.sleep";

    @EachJdk
    void eachCallOfBlockHoundsOwnSet_isRefusedUnderItsNameOfJdk17(Jdk jdk) {
        Outcome outcome = run(jdk, "app.blockhound.TodaysSet").silent();

        List<String> refused = outcome.lines("REFUSED ");
        assertThat(refused).hasSize(19).allSatisfy(line -> {
            String name = line.substring(0, line.indexOf(' '));
            assertThat(line)
                    .isEqualTo(name + " IllegalStateException: Blocking call! " + name + " | " + name + " | "
                            + name.replace('#', '.'));
        });
        assertThat(outcome.lines("ALLOWED "))
                .hasSize(18)
                .allSatisfy(line -> assertThat(line).endsWith(" -"));
    }

    @EachJdk
    void callback_thatDoesNotThrow_runsOnceAndTheCallGoesOn(Jdk jdk) {
        assertThat(builder(jdk, "callback").silent().lines("SAID ")).containsExactly("-", "java.lang.Thread.sleep");
    }

    @EachJdk
    void callback_thatThrows_refusesWithItsOwnError(Jdk jdk) {
        assertThat(builder(jdk, "throwing").silent().lines("SAID "))
                .containsExactly("UnsupportedOperationException: java.lang.Thread sleep true");
    }

    @EachJdk
    void allowances_innermostFrameDecides_andLambdasDoNotBelongToTheirMethod(Jdk jdk) {
        assertThat(builder(jdk, "allowances").silent().lines("SAID ")).containsExactly("inner,outer", SLEEP);
    }

    @EachJdk
    void dynamicThread_isCheckedAtEachCall(Jdk jdk) {
        assertThat(builder(jdk, "dynamic").silent().lines("SAID "))
                .containsExactly("true -", "false " + SLEEP, "true -", "false " + SLEEP);
    }

    @EachJdk
    void markedMethod_isRefused_andAMissingOneIsReported(Jdk jdk) {
        Outcome outcome = builder(jdk, "marked");

        assertThat(outcome.lines("SAID "))
                .containsExactly(
                        "BlockingOperationError: Blocking call! app.blockhound.Marked.answer",
                        "BlockingOperationError: Blocking call! app.blockhound.LoadedLater.answer",
                        "-");
        assertThat(outcome.stderr())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line)
                        .contains(".nothing()V as blocking, but Stallsight cannot observe calls of it"));
    }

    @EachJdk
    void secondInstall_isIgnored(Jdk jdk) {
        assertThat(builder(jdk, "twice").silent().lines("SAID ")).containsExactly(SLEEP);
    }

    @EachJdk
    void integrations_areAppliedByPriority(Jdk jdk) {
        assertThat(builder(jdk, "order").silent().lines("SAID ")).containsExactly("[-1, 2, 3]");
    }

    @EachJdk
    void errorsStack_beginsWithTheBlockingMethod(Jdk jdk) {
        assertThat(builder(jdk, "stack").silent().lines("SAID "))
                .containsExactly("java.lang.Thread.sleep", "app.blockhound.Builders$1Sleeper.run");
    }

    @EachJdk
    void initializers_mayBlockIfAllowed_andClassLoadersAlways(Jdk jdk) {
        assertThat(builder(jdk, "initializers").silent().lines("SAID ")).containsExactly("-", SLEEP, "-");
    }

    @EachJdk
    void callOutsideOfBlockHoundsSet_isRefusedOnRequest(Jdk jdk) {
        assertThat(builder(jdk, "beyond").lines("SAID ")).containsExactly("-");
        assertThat(builder(jdk, "beyond", "blockhound=all").lines("SAID "))
                .singleElement()
                .asString()
                .startsWith("BlockingOperationError: Blocking call! ");
        assertThat(builder(jdk, "callback", "blockhound=all").silent().lines("SAID "))
                .containsExactly("-", "java.lang.Thread.sleep");
    }

    @EachJdk
    void failingPredicate_isReported_andTheApplicationGoesOn(Jdk jdk) {
        Outcome outcome = builder(jdk, "predicate");

        assertThat(outcome.lines("SAID ")).containsExactly("-");
        assertThat(outcome.stderr()).singleElement().asString().contains("bad predicate");
    }

    @EachJdk
    void runningThread_isPassedToThePredicate(Jdk jdk) {
        assertThat(builder(jdk, "running").silent().lines("SAID ")).containsExactly(SLEEP);
    }

    @EachJdk
    void optionOff_leavesBlockHoundAlone(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.blockhound.Builders", "stack")
                .agent("blockhound=off")
                .options("-XX:+EnableDynamicAgentLoading")
                .classPath(classPath())
                .run();

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.errors()).contains("AllowRedefinitionToAddDeleteMethods");
    }

    /** Its premain calls the woven install. */
    @EachJdk
    void blockHoundsOwnAgent_afterStallsight_isTakenOver(Jdk jdk) {
        assertThat(withBlockHoundsAgent(jdk, false).silent().lines("SAID ")).containsExactly(SLEEP);
    }

    @EachJdk
    void blockHoundsOwnAgent_beforeStallsight_isReportedAndReportsAlone(Jdk jdk) {
        Outcome outcome = withBlockHoundsAgent(jdk, true);

        assertThat(outcome.lines("SAID ")).singleElement().asString().startsWith("BlockingOperationError");
        assertThat(outcome.stderr())
                .filteredOn(line -> line.startsWith("[stallsight]"))
                .singleElement()
                .asString()
                .contains("BlockHound was attached before Stallsight");
    }

    /** The artifact blockhound-junit-platform: its listener installs BlockHound when JUnit starts. */
    @EachJdk
    void listenerOfJUnitPlatform_failsTheTestThatBlocks(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.blockhound.UnderJUnit")
                .agent()
                .classPath(classPath()
                        .withLibs("blockhound-junit")
                        .with("reactor-core", "reactive-streams", "jspecify", "junit-", "opentest4j"))
                .run()
                .healthy()
                .silent();

        assertThat(outcome.lines("FAILED "))
                .singleElement()
                .asString()
                .startsWith("sleeps() reactor.core.Exceptions$ReactiveException")
                .contains("Blocking call! java.lang.Thread.sleep");
        assertThat(outcome.lines("SUCCEEDED ")).containsExactly("delays()");
    }

    private static Outcome withBlockHoundsAgent(Jdk jdk, boolean before) {
        String blockHound = "-javaagent:" + classPath().entries().get(1);
        String[] options = before
                ? new String[] {blockHound, "-javaagent:" + System.getProperty("stallsight.jar")}
                : new String[] {"-javaagent:" + System.getProperty("stallsight.jar"), blockHound};
        ForkedJvm jvm = ForkedJvm.of(jdk, "app.blockhound.Agents")
                .options(options)
                .classPath(classPath().with("reactor-core", "reactive-streams", "jspecify"));
        if (before) {
            jvm.options("-XX:+AllowRedefinitionToAddDeleteMethods");
        }
        return jvm.run().exited(0);
    }

    private static Outcome builder(Jdk jdk, String which, String... options) {
        return run(jdk, "app.blockhound.Builders", which, options);
    }

    private static Outcome run(Jdk jdk, String main) {
        return ForkedJvm.of(jdk, main).agent().classPath(classPath()).run().healthy();
    }

    private static Outcome run(Jdk jdk, String main, String argument, String... options) {
        return ForkedJvm.of(jdk, main, argument)
                .agent(options)
                .classPath(classPath())
                .run()
                .healthy();
    }

    private static ClassPath classPath() {
        return ClassPath.programs().with("blockhound-1");
    }
}
