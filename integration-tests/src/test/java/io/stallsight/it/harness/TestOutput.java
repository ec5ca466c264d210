package io.stallsight.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** The files of a test run: below {@code target/it}, so that a developer can examine a failed fork afterwards. */
public final class TestOutput {

    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final String RUN = Long.toString(ProcessHandle.current().pid());

    private TestOutput() {}

    /** A directory of this run; created. */
    public static Path directory(String name) {
        Path directory = classes().getParent().resolve("it").resolve(RUN).resolve(name);
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + directory, e);
        }
    }

    /** A directory for the caller only. */
    public static Path unique(String name) {
        return directory(name.replaceAll("[^\\w.-]+", "_") + "-" + NEXT.incrementAndGet());
    }

    /** The directory of the compiled tests, and of the programs that they fork. */
    static Path classes() {
        try {
            return Path.of(TestOutput.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
