package io.stallsight.it.junit;

import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.TestOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A copy of a project in {@code src/test/samples}; Maven builds it. */
public final class Sample {

    /** The oldest supported one. */
    static final String JUNIT_5_10 = "-Djunit.version=5.10.0";

    static final String JUNIT_5 = "-Djunit.version=5.14.4";
    static final String JUNIT_6 = "-Djunit.version=6.1.3";

    private static final int DEADLINE_MINUTES = 5;

    /**
     * Maven's own JVM lives for seconds, so C2 costs more than it gains. The tests run in another JVM, which Surefire
     * forks.
     */
    private static final String MAVEN_OPTS = "-XX:TieredStopAtLevel=1";

    private final Path directory;
    private final Jdk jdk;

    private Sample(Path directory, Jdk jdk) {
        this.directory = directory;
        this.jdk = jdk;
    }

    public static Sample of(String name, Jdk jdk) {
        Path from = Path.of("src/test/samples", name).toAbsolutePath();
        Path to = TestOutput.unique("sample-" + name + "-" + jdk.feature());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Sample(to, jdk);
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    /** Runs Maven with these arguments to its end. */
    public SampleRun run(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(maven(), "-B", "-ntp", "-Dstyle.color=never", "-Dmaven.repo.local=" + LocalRepository.path()));
        command.addAll(List.of(arguments));
        Path output = TestOutput.unique("maven").resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("STALLSIGHT_") || name.startsWith("MAVEN_"));
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        builder.environment().put("JAVA_HOME", jdk.home().toString());
        builder.environment().put("MAVEN_OPTS", MAVEN_OPTS);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(command + " did not end in time\n" + Files.readString(output));
            }
            return new SampleRun(
                    directory, process.exitValue(), Files.readString(output, StandardCharsets.UTF_8), command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The Maven that runs this build, else the wrapper. */
    private static String maven() {
        Path running = Path.of(System.getProperty("stallsight.maven", ""), "bin/mvn");
        return (Files.isExecutable(running) ? running : Path.of("../mvnw"))
                .toAbsolutePath()
                .normalize()
                .toString();
    }
}
