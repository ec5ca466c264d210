package io.stallsight.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A JVM to be forked: describe it, then {@link #run} it to its end or {@link #start} it. */
public final class ForkedJvm {

    /** Of woven classes, for all forks of a test run. */
    static final Path CACHE = TestOutput.directory("shared").resolve("weave-cache");

    private static final Duration DEADLINE = Duration.ofMinutes(4);

    private final Jdk jdk;
    private final Path directory;
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private boolean sharesCache = true;
    private List<String> launch = List.of();
    private List<String> arguments = List.of();
    private @Nullable ClassPath classPath = ClassPath.programs();
    private @Nullable String agentOptions;
    private @Nullable Path recording;
    private Duration deadline = DEADLINE;

    private ForkedJvm(Jdk jdk, Path directory) {
        this.jdk = jdk;
        this.directory = directory;
    }

    /** A JVM of {@code jdk} that runs the main class {@code main}. */
    public static ForkedJvm of(Jdk jdk, String main, String... arguments) {
        ForkedJvm jvm = new ForkedJvm(jdk, TestOutput.unique(main + "-" + jdk.feature()));
        jvm.launch = List.of(main);
        jvm.arguments = List.of(arguments);
        return jvm;
    }

    /** A JVM of {@code jdk} that runs the agent's own command line, as {@code java -jar stallsight.jar <arguments>}. */
    public static ForkedJvm commandLine(Jdk jdk, String... arguments) {
        ForkedJvm jvm = of(jdk, "stallsight-" + (arguments.length == 0 ? "" : arguments[0]), arguments);
        jvm.classPath = null;
        jvm.launch = List.of("-jar", AgentJar.path().toString());
        jvm.options("-XX:TieredStopAtLevel=1"); // the program ends before C2 would pay off
        return jvm;
    }

    /** A JVM of {@code jdk} that runs this executable jar. */
    public static ForkedJvm jar(Jdk jdk, Path jar) {
        ForkedJvm jvm = of(jdk, jar.getFileName().toString());
        jvm.classPath = null;
        jvm.launch = List.of("-jar", jar.toString());
        return jvm;
    }

    /** A JVM of {@code jdk} that starts as these arguments of {@code java} say, in the directory {@code home}. */
    public static ForkedJvm service(Jdk jdk, Path home, List<String> launch) {
        ForkedJvm jvm = new ForkedJvm(jdk, home);
        jvm.classPath = null;
        jvm.launch = launch;
        return jvm.withoutCache();
    }

    /** Loads the agent with these options, each {@code key=value}. */
    public ForkedJvm agent(String... keyValues) {
        agentOptions = String.join(",", keyValues);
        return this;
    }

    /**
     * The agent weaves every class itself. Otherwise the forks of a test run share what one of them has woven, which
     * saves each more than a second of a CPU.
     */
    public ForkedJvm withoutCache() {
        sharesCache = false;
        return this;
    }

    public ForkedJvm options(String... jvmOptions) {
        options.addAll(Arrays.asList(jvmOptions));
        return this;
    }

    /** The options with which frameworks that use Unsafe or native code start without warnings of the JVM. */
    public ForkedJvm quietFramework() {
        if (jdk.feature() >= 24) {
            options("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
        }
        return this;
    }

    public ForkedJvm classPath(ClassPath value) {
        classPath = value;
        return this;
    }

    /** Starts a module with {@code -p path -m module/main} instead of a class from the class path. */
    public ForkedJvm module(String modulePath, String moduleAndMain) {
        classPath = null;
        launch = List.of("-p", modulePath, "-m", moduleAndMain);
        return this;
    }

    /** Starts an executable jar instead of a class from the class path. */
    public ForkedJvm jar(Path jar) {
        classPath = null;
        launch = List.of("-jar", jar.toString());
        return this;
    }

    public ForkedJvm environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** The time limit of the JVM: after it, the JVM is killed and the test fails. */
    public ForkedJvm deadline(Duration value) {
        deadline = value;
        return this;
    }

    /** Records the agent's events from the start of the JVM and dumps them when it exits. */
    public ForkedJvm recording() {
        recording = directory.resolve("recording.jfr");
        return this;
    }

    /** The working directory of this fork. It has the recording, and a test may put files there. */
    public Path directory() {
        return directory;
    }

    /** Runs the JVM to its end. */
    public Outcome run() {
        return start().awaitExit();
    }

    /** Starts the JVM. */
    public RunningJvm start() {
        List<String> command = command();
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
            // the forks must not inherit the options of the test run
            builder.environment().keySet().removeIf(name -> name.startsWith("STALLSIGHT_"));
            builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
            if (sharesCache) {
                builder.environment().put("STALLSIGHT_CACHE", CACHE.toString());
            }
            builder.environment().putAll(environment);
            return new RunningJvm(jdk, command, builder.start(), recording, System.nanoTime() + deadline.toNanos());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(jdk.java().toString());
        if (recording != null) {
            command.add("-Xlog:disable"); // JFR prints on stdout that it started
            command.add("-Xlog:all=warning:stderr");
            command.add("-XX:StartFlightRecording=filename=" + recording + ",dumponexit=true,settings=" + settings());
        }
        if (agentOptions != null) {
            command.add("-javaagent:" + AgentJar.path() + (agentOptions.isEmpty() ? "" : "=" + agentOptions));
        }
        command.addAll(options);
        if (classPath != null) {
            command.add("-cp");
            command.add(classPath.toString());
        }
        command.addAll(launch);
        command.addAll(arguments);
        return command;
    }

    private static Path settings() {
        try {
            return Path.of(Objects.requireNonNull(ForkedJvm.class.getResource("/stallsight.jfc"), "stallsight.jfc")
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
