package io.stallsight.it.junit;

import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Maven;
import io.stallsight.it.harness.TestOutput;
import java.nio.file.Path;
import java.util.List;

/** A copy of a project in {@code src/test/samples}; Maven builds it. */
public final class Sample {

    /** The oldest supported one. */
    static final String JUNIT_5_10 = "-Djunit.version=5.10.0";

    static final String JUNIT_5 = "-Djunit.version=5.14.4";
    static final String JUNIT_6 = "-Djunit.version=6.1.3";

    private final Path directory;
    private final Jdk jdk;

    private Sample(Path directory, Jdk jdk) {
        this.directory = directory;
        this.jdk = jdk;
    }

    public static Sample of(String name, Jdk jdk) {
        Path to = TestOutput.unique("sample-" + name + "-" + jdk.feature());
        Maven.copy(Path.of("src/test/samples", name).toAbsolutePath(), to);
        return new Sample(to, jdk);
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    /** Runs Maven with these arguments to its end. */
    public SampleRun run(String... arguments) {
        Maven.Run run = Maven.run(directory, jdk, LocalRepository.path(), List.of(arguments));
        return new SampleRun(directory, run.exitCode(), run.output(), run.command());
    }
}
