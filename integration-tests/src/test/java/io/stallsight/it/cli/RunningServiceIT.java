package io.stallsight.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.AgentJar;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.RunningJvm;
import java.io.BufferedReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The commands for a running service. */
class RunningServiceIT {

    private static final String LOOP = "nioEventLoopGroup-";
    private static final String SITE = "app.cli.SlowService.sleep(SlowService.java:";

    @EachJdk
    void ps_listsJvmsWithAndWithoutTheAgent(Jdk jdk) {
        try (RunningJvm with = service(jdk).agent().start();
                RunningJvm without = service(jdk).start()) {
            with.awaitLine("READY");
            without.awaitLine("READY");
            Outcome table = CommandLineIT.run(jdk, "ps").healthy().silent();
            Outcome json = CommandLineIT.run(jdk, "ps", "--json").healthy().silent();

            assertThat(line(table, with)).contains("attached", "app.cli.SlowService");
            assertThat(line(table, without))
                    .contains(" - ", "app.cli.SlowService")
                    .doesNotContain("attached");
            assertThat(json.stdout().get(0))
                    .contains("{\"pid\":" + with.pid() + ",\"main\":\"app.cli.SlowService\"")
                    .contains("\"stallsight\":\"attached\"");
            end(with);
            end(without);
        }
    }

    @EachJdk
    void top_once_showsLoopsAndSitesAndLeavesNothing(Jdk jdk) {
        try (RunningJvm service = service(jdk).agent().start()) {
            service.awaitLine("READY");
            Outcome top = CommandLineIT.run(jdk, "top", pid(service), "--once")
                    .healthy()
                    .silent();

            assertThat(top.stdout()).anyMatch(line -> line.contains(LOOP) && line.contains("%"));
            assertThat(top.stdout()).anyMatch(line -> line.contains(SITE));
            assertThat(top.stdout()).noneMatch(line -> line.contains("\u001b"));
            awaitNoRecording(service);
            end(service);
        }
    }

    @EachJdk
    void top_thatIsKilled_leavesNoRecordingInTheTarget(Jdk jdk) {
        try (RunningJvm service = service(jdk).agent().start()) {
            service.awaitLine("READY");
            try (RunningJvm top =
                    ForkedJvm.commandLine(jdk, "top", pid(service)).start()) {
                top.awaitLine("Loops");
                assertThat(recordings(service)).contains("stallsight-top-" + top.pid());
            } // closing it is kill -9
            awaitNoRecording(service);
            end(service);
        }
    }

    @EachJdk
    void top_intoAClosedPipe_ends(Jdk jdk) throws Exception {
        try (RunningJvm service = service(jdk).agent().start()) {
            service.awaitLine("READY");
            Process top = new ProcessBuilder(
                            jdk.java().toString(),
                            "-jar",
                            AgentJar.path().toString(),
                            "top",
                            pid(service),
                            "--interval=500ms")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader lines = top.inputReader()) {
                assertThat(lines.readLine()).isNotEmpty();
            }
            try {
                assertThat(top.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(top.exitValue()).isZero();
            } finally {
                top.destroyForcibly();
            }
            end(service);
        }
    }

    @EachJdk
    void top_ofAJvmWithoutTheAgent_namesTheFix(Jdk jdk) {
        try (RunningJvm service = service(jdk).start()) {
            service.awaitLine("READY");

            assertThat(CommandLineIT.mistake(CommandLineIT.run(jdk, "top", pid(service), "--once")))
                    .contains("not attached", "attach " + service.pid(), "--attach");
            assertThat(CommandLineIT.mistake(CommandLineIT.run(jdk, "config", pid(service))))
                    .contains("not attached", "attach " + service.pid());
            end(service);
        }
    }

    @EachJdk
    void config_showsAndChangesTheOptions(Jdk jdk) {
        try (RunningJvm service = service(jdk).agent("threshold.blocking=10s").start()) {
            service.awaitLine("READY");
            Outcome before =
                    CommandLineIT.run(jdk, "config", pid(service)).healthy().silent();
            Outcome change = CommandLineIT.run(jdk, "config", pid(service), "threshold.blocking=1ms")
                    .healthy()
                    .silent();
            Outcome after =
                    CommandLineIT.run(jdk, "config", pid(service)).healthy().silent();

            assertThat(before.stdout()).contains("threshold.blocking=10s", "mode=observe");
            assertThat(change.stdout()).containsExactly("threshold.blocking=1ms");
            assertThat(after.stdout()).contains("threshold.blocking=1ms");
            service.awaitError("SLEEP: Thread.sleep blocked " + LOOP);
            end(service);
        }
    }

    @EachJdk
    void config_withAMistake_namesTheAllowedValues(Jdk jdk) {
        try (RunningJvm service = service(jdk).agent().start()) {
            service.awaitLine("READY");

            assertThat(CommandLineIT.mistake(CommandLineIT.run(jdk, "config", pid(service), "treshold.stall=1s")))
                    .contains("treshold.stall", "did you mean threshold.stall");
            assertThat(CommandLineIT.mistake(CommandLineIT.run(jdk, "config", pid(service), "mode=fast")))
                    .contains("\"fast\"", "observe, strict or off");
            assertThat(CommandLineIT.mistake(CommandLineIT.run(jdk, "config", pid(service), "interval=5s")))
                    .contains("interval", "cannot change at run time");
            assertThat(CommandLineIT.mistake(
                            CommandLineIT.run(jdk, "config", pid(service), "allow=com.shop.Orders#find()")))
                    .contains("\"com.shop.Orders#find()\"", "a method (com.shop.Orders#find)");
            end(service);
        }
    }

    /** The options are longer than the 1,024 bytes that JDK 17 takes from the attach API. */
    @EachJdk
    void commands_loadTheAgentOnce_andOptionsMayBeLong(Jdk jdk) {
        String threads =
                IntStream.range(0, 200).mapToObj(i -> "my-loop-" + i + "-*").collect(Collectors.joining(";"));
        try (RunningJvm started = warnedService(jdk).agent().start();
                RunningJvm attached = warnedService(jdk).start()) {
            attached.awaitLine("READY");
            Outcome attach = CommandLineIT.run(jdk, "attach", pid(attached), "threads=" + threads)
                    .healthy()
                    .silent();
            Outcome config =
                    CommandLineIT.run(jdk, "config", pid(attached)).healthy().silent();
            started.awaitLine("READY");
            for (RunningJvm service : List.of(started, attached)) {
                CommandLineIT.run(jdk, "top", pid(service), "--once").healthy().silent();
                CommandLineIT.run(jdk, "config", pid(service), "threshold.stall=70ms")
                        .healthy()
                        .silent();
            }

            assertThat(attach.stdout().get(0)).startsWith("connected to " + attached.pid() + "; the agent ");
            assertThat(attach.stdout()).last().isEqualTo("attached to " + attached.pid());
            assertThat(config.stdout()).contains("threads=" + threads);
            for (RunningJvm service : List.of(started, attached)) {
                service.sendLine("end");
                assertThat(service.awaitExit().exited(0).stderr().stream()
                                .filter(line -> line.contains("A Java agent has been loaded dynamically")))
                        .hasSize(jdk.feature() >= 21 ? 1 : 0);
            }
        }
    }

    private static ForkedJvm service(Jdk jdk) {
        return warnedService(jdk).options("-XX:+EnableDynamicAgentLoading");
    }

    /** The JVM warns in it when the agent is loaded dynamically. */
    private static ForkedJvm warnedService(Jdk jdk) {
        return ForkedJvm.of(jdk, "app.cli.SlowService")
                .classPath(ClassPath.programs().withLibs("netty-4.1"))
                .quietFramework();
    }

    private static void end(RunningJvm service) {
        service.sendLine("end");
        service.awaitExit().healthy();
    }

    private static String pid(RunningJvm jvm) {
        return Long.toString(jvm.pid());
    }

    private static String line(Outcome table, RunningJvm jvm) {
        return table.stdout().stream()
                .filter(line -> line.strip().startsWith(jvm.pid() + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(table.describe()));
    }

    /** Each check starts a jcmd, which takes some time. */
    private static void awaitNoRecording(RunningJvm service) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!recordings(service).isEmpty()) {
            assertThat(System.nanoTime()).as("until the recording has ended").isLessThan(deadline);
        }
    }

    /** Names of the recordings of the agent that run in a JVM. */
    private static List<String> recordings(RunningJvm jvm) {
        String answer = jvm.jcmd("JFR.check");
        assertThat(answer).as("an answer, not a lack of one").startsWith(jvm.pid() + ":");
        return answer.lines()
                .filter(line -> line.contains("name=stallsight-top"))
                .map(line -> line.replaceFirst(".*name=(\\S+).*", "$1"))
                .toList();
    }
}
