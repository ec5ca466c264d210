package io.stallsight.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import io.stallsight.it.harness.BlockingCall;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Jdks;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.RunningJvm;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Collectors, the verifier, other recordings and a debugger beside the agent: no call is lost, none is reported twice.
 */
class NeighboursIT {

    private static final String PROGRAM = "app.lifecycle.Neighbour";
    private static final String[] CALLS = {"SLEEP in sleep", "QUEUE in poll", "MONITOR in enter"};

    static Stream<Arguments> neighbours() {
        List<List<String>> all = List.of(
                List.of("-XX:+UseSerialGC"),
                List.of("-XX:+UseParallelGC"),
                List.of("-XX:+UseG1GC", "-Xmx48m"),
                List.of("-XX:+UseZGC"),
                List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseShenandoahGC"),
                List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-Xms512m", "-Xmx512m"),
                List.of("-Xverify:all"),
                List.of("-XX:StartFlightRecording=filename=other.jfr,settings=profile"));
        return Jdks.tested().stream().flatMap(jdk -> all.stream().map(options -> Arguments.of(jdk, options)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("neighbours")
    void eachCall_isReportedOnce(Jdk jdk, List<String> options) {
        Outcome outcome = ForkedJvm.of(jdk, PROGRAM)
                .agent()
                .recording()
                .options(options.toArray(new String[0]))
                .run()
                .exited(0)
                .withoutAgentError();

        assertThat(calls(outcome)).containsExactlyInAnyOrder(CALLS);
    }

    /** A debugger that redefines a class gives the JVM the class as it was compiled: each agent weaves it again. */
    @EachJdk
    void classesThatADebuggerRedefines_keepTheirHooks(Jdk jdk) throws Exception {
        ForkedJvm fork = ForkedJvm.of(jdk, PROGRAM, "twice")
                .agent()
                .recording()
                .options("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0");
        Outcome outcome;
        try (RunningJvm jvm = fork.start()) {
            String port = jvm.awaitNumber("Listening for transport dt_socket at address: ");
            jvm.awaitLine("BLOCKED");
            redefine(
                    jdk,
                    port,
                    PROGRAM,
                    "java.util.concurrent.ArrayBlockingQueue",
                    "java.util.concurrent.locks.LockSupport");
            jvm.sendLine("");
            outcome = jvm.awaitExit().exited(0).withoutAgentError();
        }

        List<String> twice = Stream.concat(Stream.of(CALLS), Stream.of(CALLS)).toList();
        assertThat(calls(outcome)).containsExactlyInAnyOrderElementsOf(twice);
    }

    private static List<String> calls(Outcome outcome) {
        return outcome.blockingCalls().stream().map(NeighboursIT::describe).toList();
    }

    private static String describe(BlockingCall call) {
        return call.kind() + " in "
                + call.site().replace(PROGRAM + ".", "").replaceAll("\\(Neighbour\\.java:\\d+\\)", "");
    }

    private static void redefine(Jdk jdk, String port, String... classNames) throws Exception {
        AttachingConnector sockets = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(connector -> connector.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = sockets.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(port);
        VirtualMachine jvm = sockets.attach(arguments);
        try {
            Map<ReferenceType, byte[]> compiled = new HashMap<>();
            for (String className : classNames) {
                compiled.put(jvm.classesByName(className).get(0), bytes(jdk, className));
            }
            jvm.redefineClasses(compiled);
        } finally {
            jvm.dispose();
        }
    }

    /** As it was compiled: a class of the JDK as this JDK has it, else that of the class path. */
    private static byte[] bytes(Jdk jdk, String className) throws IOException {
        String file = className.replace('.', '/') + ".class";
        try (FileSystem image = FileSystems.newFileSystem(
                URI.create("jrt:/"), Map.of("java.home", jdk.home().toString()))) {
            Path ofJdk = image.getPath("modules", "java.base", file);
            if (Files.exists(ofJdk)) {
                return Files.readAllBytes(ofJdk);
            }
        }
        try (InputStream in = Objects.requireNonNull(NeighboursIT.class.getResourceAsStream("/" + file), file)) {
            return in.readAllBytes();
        }
    }
}
