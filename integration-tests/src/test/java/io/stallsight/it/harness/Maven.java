package io.stallsight.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Builds a Maven project beside this one, with the Maven and the local repository of this build. */
public final class Maven {

    /** The result of a build. */
    public record Run(int exitCode, String output, List<String> command) {

        /** Command, exit code and output, for a failure message. */
        public String describe() {
            return String.join(" ", command) + "\nexit code " + exitCode + "\n" + output;
        }
    }

    private static final int DEADLINE_MINUTES = 5;

    /**
     * Maven's own JVM lives for seconds, so C2 costs more than it gains. The tests run in another JVM, which Surefire
     * forks.
     */
    private static final String MAVEN_OPTS = "-XX:TieredStopAtLevel=1";

    private Maven() {}

    /** The local repository of this build. */
    public static Path repository() {
        return Path.of(
                System.getProperty("stallsight.repository", System.getProperty("user.home") + "/.m2/repository"));
    }

    /** Copies the files of a project, so that its build leaves nothing in the sources. */
    public static void copy(Path from, Path to) {
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
    }

    /** Runs Maven with these arguments in {@code directory} to its end. */
    public static Run run(Path directory, Jdk jdk, Path repository, List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of(executable(), "-B", "-ntp", "-Dstyle.color=never", "-Dmaven.repo.local=" + repository));
        command.addAll(arguments);
        Path output = TestOutput.unique("maven").resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("STALLSIGHT_") || name.startsWith("MAVEN_"));
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        builder.environment().put("JAVA_HOME", jdk.home().toString());
        builder.environment().put("MAVEN_OPTS", MAVEN_OPTS);
        builder.environment().put("STALLSIGHT_CACHE", ForkedJvm.CACHE.toString());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(command + " did not end in time\n" + Files.readString(output));
            }
            return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8), command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The Maven that runs this build, else the wrapper. */
    private static String executable() {
        Path running = Path.of(System.getProperty("stallsight.maven", ""), "bin/mvn");
        return (Files.isExecutable(running) ? running : Path.of("../mvnw"))
                .toAbsolutePath()
                .normalize()
                .toString();
    }
}
