package io.stallsight.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import io.stallsight.it.harness.AgentJar;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.RunningJvm;
import java.nio.file.Path;
import java.time.Duration;

/** The agent attaches to a JVM under load, and leaves it again without a trace. */
class AttachUnderLoadIT {

    private static final Path WOVEN_BYTES = AgentOfTheTest.jar("app.lifecycle.WovenBytes");
    private static final int ROUNDS = 20;

    /** Of two engines: the JVM may not have unloaded the last ones. */
    private static final int MAX_CLASSES = 4_000;

    /** The other rounds use the attach API directly, because the command line needs a second to start. */
    private static final int ROUNDS_BY_COMMAND_LINE = 3;

    @EachJdk
    void attachAndDetach_twentyTimesUnderLoad_leavesTheOriginalBytecodeAndNoThread(Jdk jdk) throws Exception {
        try (RunningJvm target = underLoad(jdk)) {
            target.awaitLine("READY");
            for (int round = 1; round <= ROUNDS; round++) {
                boolean commandLine = round <= ROUNDS_BY_COMMAND_LINE;
                boolean compare = round == 1 || round == ROUNDS;
                attach(jdk, target, commandLine);
                if (compare) {
                    load(target, WOVEN_BYTES, "");
                    send(target, "capture " + round);
                }
                // letters, because names that differ only in digits are one loop group, and the log has a finding of
                // a group once a minute
                String name = "watched-loop-" + (char) ('a' + round);
                send(target, "watch " + name);
                target.awaitError("blocked " + name + " for");
                detach(jdk, target, commandLine);
                if (compare) {
                    send(target, "compare " + round);
                }
                send(target, "gone " + round);
                if (compare) {
                    send(target, "classes " + round);
                }
            }
            target.sendLine("end");
            Outcome outcome = target.awaitExit().healthy();

            assertThat(outcome.lines("LOAD FAILED ")).as(outcome.errors()).isEmpty();
            assertThat(outcome.lines("NOT RESTORED ")).isEmpty();
            assertThat(outcome.lines("THREAD ")).isEmpty();
            assertThat(outcome.lines("CLASSES "))
                    .as("classes of engines after the first and the last round")
                    .hasSize(2)
                    .allSatisfy(classes ->
                            assertThat(Integer.parseInt(classes.trim())).isLessThan(MAX_CLASSES));
            assertThat(outcome.lines("WOVEN "))
                    .contains("java/lang/Thread", "java/util/concurrent/locks/LockSupport", "java/io/FileInputStream")
                    .hasSizeGreaterThan(50);
            if (jdk.feature() == 17) { // Thread.sleep is native on 17: the agent rewrites its callers
                assertThat(outcome.lines("WOVEN ")).contains("app/lifecycle/LoadTarget");
            }
        }
    }

    @EachJdk
    void attach_twice_reportsThatTheAgentIsAttached(Jdk jdk) {
        try (RunningJvm target = underLoad(jdk)) {
            target.awaitLine("READY");
            commandLine(jdk, "attach", pid(target), "threads=watched-loop*").healthy();
            Outcome second = commandLine(jdk, "attach", pid(target), "threads=watched-loop*");
            target.sendLine("end");
            target.awaitExit().healthy();

            refused(second, "already attached to process " + target.pid());
        }
    }

    @EachJdk
    void attach_withABadOption_neverReachesTheTarget(Jdk jdk) {
        try (RunningJvm target = underLoad(jdk)) {
            target.awaitLine("READY");
            Outcome attach = commandLine(jdk, "attach", pid(target), "threshold.blocking=fast");
            Outcome detach = commandLine(jdk, "detach", pid(target));
            target.sendLine("end");
            target.awaitExit().healthy().silent();

            refused(attach, "threshold.blocking", "\"fast\"", "duration");
            refused(detach, "not attached to process " + target.pid());
        }
    }

    @EachJdk
    void detach_ofAJavaagent_leavesNoThread(Jdk jdk) {
        ForkedJvm program = loaded(jdk).agent("threads=watched-loop*");
        try (RunningJvm target = program.start()) {
            target.awaitError("blocked watched-loop for");
            commandLine(jdk, "detach", pid(target)).healthy();
            send(target, "gone 1");
            target.sendLine("end");
            Outcome outcome = target.awaitExit().healthy();

            assertThat(outcome.lines("THREAD ")).isEmpty();
        }
    }

    @EachJdk
    void attach_toNoProcess_isRefused(Jdk jdk) throws Exception {
        Process gone = new ProcessBuilder(jdk.java().toString(), "-version")
                .redirectErrorStream(true)
                .start();
        gone.getInputStream().readAllBytes();
        gone.waitFor();

        refused(commandLine(jdk, "attach", Long.toString(gone.pid())), "no process " + gone.pid());
        refused(commandLine(jdk, "attach", "my-service"), "\"my-service\"", "not a process id");
        refused(commandLine(jdk, "attach", "99999999999999999999"), "99999999999999999999");
    }

    @EachJdk
    void attach_toAProcessThatIsNoJvm_isRefusedAndTheProcessLives(Jdk jdk) throws Exception {
        Process cat = new ProcessBuilder("cat").start();
        try {
            refused(commandLine(jdk, "attach", Long.toString(cat.pid())), "process " + cat.pid(), "not a JVM");
            assertThat(cat.isAlive()).isTrue();
        } finally {
            cat.destroyForcibly();
        }
    }

    private static RunningJvm underLoad(Jdk jdk) {
        return loaded(jdk).start();
    }

    private static ForkedJvm loaded(Jdk jdk) {
        return ForkedJvm.of(jdk, "app.lifecycle.LoadTarget")
                .classPath(ClassPath.programs()
                        .with("nanojson")) // a class path of one entry may be a fat jar, and the log would wait for
                // its SLF4J
                .options("-XX:+EnableDynamicAgentLoading", "-javaagent:" + WOVEN_BYTES)
                .deadline(Duration.ofMinutes(3));
    }

    private static void send(RunningJvm target, String command) {
        target.sendLine(command);
        target.awaitLine("DID " + command);
    }

    private static void attach(Jdk jdk, RunningJvm target, boolean commandLine) throws Exception {
        if (commandLine) {
            commandLine(jdk, "attach", pid(target), "threads=watched-loop*").healthy();
        } else {
            load(target, AgentJar.path(), "threads=watched-loop*");
        }
    }

    private static void detach(Jdk jdk, RunningJvm target, boolean commandLine) throws Exception {
        if (commandLine) {
            commandLine(jdk, "detach", pid(target)).healthy();
        } else {
            load(target, AgentJar.path(), "--detach");
        }
    }

    private static void load(RunningJvm target, Path agent, String arguments) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(pid(target));
        try {
            machine.loadAgent(agent.toString(), arguments);
        } finally {
            machine.detach();
        }
    }

    private static String pid(RunningJvm jvm) {
        return Long.toString(jvm.pid());
    }

    private static Outcome commandLine(Jdk jdk, String... arguments) {
        return ForkedJvm.commandLine(jdk, arguments).run();
    }

    private static void refused(Outcome outcome, String... said) {
        outcome.exited(2);
        assertThat(outcome.stdout()).isEmpty();
        assertThat(outcome.stderr())
                .singleElement()
                .asString()
                .startsWith("stallsight: ")
                .contains(said);
    }
}
