package io.stallsight.it.harness;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** An installed JDK. */
public record Jdk(int feature, Path home) {

    /** The JDK at this home, or empty if there is none: no {@code release} file, or no {@code bin/java}. */
    static Optional<Jdk> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/java"))) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(release)) {
            properties.load(reader);
            String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
            return version.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Jdk(Runtime.Version.parse(version).feature(), home.toRealPath()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + release, e);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a version such as 1.8.0_x
        }
    }

    public Path java() {
        return home.resolve("bin/java");
    }

    /** A tool of this JDK such as {@code jcmd}; empty in a JRE. */
    public Optional<Path> tool(String name) {
        Path tool = home.resolve("bin").resolve(name);
        return Files.isExecutable(tool) ? Optional.of(tool) : Optional.empty();
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }
}
