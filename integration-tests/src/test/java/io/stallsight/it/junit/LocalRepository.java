package io.stallsight.it.junit;

import io.stallsight.it.harness.AgentJar;
import io.stallsight.it.harness.Maven;
import io.stallsight.it.harness.TestOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A local repository with the agent as {@code mvn install} would put it there. Everything else consists of symbolic
 * links to the repository of this build. So nothing is downloaded twice, and the agent under test does not enter the
 * repository of the developer.
 */
final class LocalRepository {

    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final Path PATH = create();

    private LocalRepository() {}

    static Path path() {
        return PATH;
    }

    private static Path create() {
        Path outer = Maven.repository();
        Path created = TestOutput.directory("m2");
        try {
            Files.createDirectories(outer.resolve("io"));
            link(outer, created, "io");
            link(outer.resolve("io"), created.resolve("io"), "stallsight");
            install("stallsight", "../agent/pom.xml");
            install("stallsight-parent", "../pom.xml");
            Files.copy(AgentJar.path(), folder("stallsight").resolve("stallsight-" + VERSION + ".jar"));
            return created;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void link(Path from, Path to, String except) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (Files.isDirectory(entry) && !entry.getFileName().toString().equals(except)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath());
                }
            }
        }
    }

    private static Path folder(String artifact) throws IOException {
        return Files.createDirectories(TestOutput.directory("m2")
                .resolve("io/stallsight")
                .resolve(artifact)
                .resolve(VERSION));
    }

    private static void install(String artifact, String pom) throws IOException {
        Files.copy(Path.of(pom), folder(artifact).resolve(artifact + "-" + VERSION + ".pom"));
    }
}
