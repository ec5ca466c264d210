package io.stallsight.it.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The JDKs on this machine that the tests run against: one for each feature version from {@value #OLDEST} on.
 *
 * <p>System property {@code stallsight.jdks} (homes, separated like a class path) names them. Without it, the usual
 * places are searched: the running one and its siblings, {@code JAVA_HOME_<n>_<arch>} (GitHub runners), SDKMAN,
 * {@code ~/.jdks}.
 *
 * <p>System property {@code stallsight.jdks.own=true} is for a build that runs once with each JDK anyway: tests then
 * run on the JDK of the build, and only the {@linkplain EachJdk#crossed() crossed} ones also on the others.
 */
public final class Jdks {

    static final int OLDEST = 17;

    private static final Pattern HOME_VARIABLE = Pattern.compile("JAVA_HOME(_\\d+(_\\w+)?)?");

    private static final List<Jdk> FOUND = discover();
    private static final List<Jdk> TESTED = Boolean.getBoolean("stallsight.jdks.own") ? ownOf(FOUND) : FOUND;

    private Jdks() {}

    /** All found JDKs, oldest first; never empty. */
    public static List<Jdk> found() {
        return FOUND;
    }

    /** The JDKs for every test, oldest first; never empty. */
    public static List<Jdk> tested() {
        return TESTED;
    }

    /** A warning for a developer if fewer than two JDKs were found, so that the run proves less; else empty. */
    static String warning() {
        return FOUND.size() > 1
                ? ""
                : "only " + FOUND.get(0) + " (" + FOUND.get(0).home()
                        + ") was found: nothing was tested on another JDK. Name JDKs with" + " -Dstallsight.jdks=<home>"
                        + File.pathSeparator + "<home>";
    }

    private static List<Jdk> discover() {
        TreeMap<Integer, Jdk> byFeature = new TreeMap<>();
        for (Path home : candidates()) {
            Jdk.at(home)
                    .filter(jdk -> jdk.feature() >= OLDEST)
                    .ifPresent(jdk -> byFeature.putIfAbsent(jdk.feature(), jdk));
        }
        if (byFeature.isEmpty()) {
            throw new IllegalStateException("no JDK " + OLDEST + " or later in " + candidates());
        }
        List<Jdk> found = List.copyOf(byFeature.values());
        if (found.size() == 1) {
            System.out.println("*".repeat(100));
            System.out.println(
                    "*** integration tests: only " + found.get(0) + " was found, nothing is tested on another JDK");
            System.out.println("*".repeat(100));
        }
        return found;
    }

    private static List<Jdk> ownOf(List<Jdk> found) {
        int running = Runtime.version().feature();
        List<Jdk> own = found.stream().filter(jdk -> jdk.feature() == running).toList();
        if (own.isEmpty()) {
            throw new IllegalStateException("the JDK of the build, " + running + ", is not among " + found);
        }
        return own;
    }

    private static List<Path> candidates() {
        String named = System.getProperty("stallsight.jdks", "");
        if (!named.isBlank()) {
            return Arrays.stream(named.split(Pattern.quote(File.pathSeparator)))
                    .map(Path::of)
                    .toList();
        }
        List<Path> homes = new ArrayList<>();
        Path running = Path.of(System.getProperty("java.home"));
        homes.add(running);
        System.getenv().forEach((name, value) -> {
            if (HOME_VARIABLE.matcher(name).matches()) {
                homes.add(Path.of(value));
            }
        });
        homes.addAll(children(running.getParent()));
        Path user = Path.of(System.getProperty("user.home"));
        homes.addAll(children(user.resolve(".sdkman/candidates/java")));
        homes.addAll(children(user.resolve(".jdks")));
        return homes;
    }

    private static List<Path> children(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }
}
