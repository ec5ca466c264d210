package io.stallsight.it.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Commands of this machine that are no part of a JDK. */
public final class Commands {

    private Commands() {}

    /**
     * Skips the test, with a message, on a machine without this command. The gate (environment variable {@code CI})
     * installs what tests need, so there the test runs and fails.
     */
    public static void assumeInstalled(String command) {
        boolean isInstalled = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
        if (!isInstalled) {
            System.err.println("NOT TESTED: there is no " + command + " on this machine; .ci/run names its package");
        }
        assumeTrue(isInstalled || System.getenv("CI") != null, "no " + command);
    }
}
