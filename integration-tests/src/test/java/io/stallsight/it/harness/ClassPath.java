package io.stallsight.it.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of a forked JVM: the programs of this module and exactly the libraries that the test names, not the
 * test's own class path.
 *
 * <p>{@link #with} takes libraries of this module's dependencies (the newest version of each framework);
 * {@link #withLibs} takes a directory below {@code target/libs} (an older line of a framework that could not share a
 * class path with the newest).
 */
public record ClassPath(List<Path> entries) {

    /** The compiled programs of this module alone. */
    public static ClassPath programs() {
        return new ClassPath(List.of(TestOutput.classes()));
    }

    /** These entries and the dependencies whose jar name starts with one of {@code artifacts}. */
    public ClassPath with(String... artifacts) {
        List<Path> all = new ArrayList<>(entries);
        for (String artifact : artifacts) {
            List<Path> found = testClassPath()
                    .filter(jar -> jar.getFileName().toString().startsWith(artifact))
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException(
                        "no jar named " + artifact + "* among the dependencies of this module");
            }
            all.addAll(found);
        }
        return new ClassPath(List.copyOf(all));
    }

    /** These entries and every jar of {@code target/libs/<name>}. */
    public ClassPath withLibs(String... names) {
        List<Path> all = new ArrayList<>(entries);
        for (String name : names) {
            Path directory = Path.of(System.getProperty("stallsight.libs", "target/libs"))
                    .resolve(name);
            try (Stream<Path> jars = Files.list(directory)) {
                jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().forEach(all::add);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "no libraries at " + directory + ": the build's process-test-resources phase copies them", e);
            }
        }
        return new ClassPath(List.copyOf(all));
    }

    /** The value of {@code -cp}. */
    @Override
    public String toString() {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Stream<Path> testClassPath() {
        // surefire may put the class path into a manifest-only jar; then it is in this property
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator))).map(Path::of);
    }
}
