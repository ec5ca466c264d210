import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Prints the home of another JDK (17 or later) than the running one: the newest on this machine, or the oldest if the running
 * one is the newest. If there is none, it prints nothing on stdout and a warning on stderr.
 *
 * <p>It searches the same places as the integration tests: the homes in the first argument (separated like a class path), or,
 * without an argument, the siblings of the running JDK, {@code JAVA_HOME*} variables, SDKMAN and {@code ~/.jdks}.
 */
public final class OtherJdk {

    private static final int OLDEST = 17;

    public static void main(String[] args) throws IOException {
        String named = args.length == 0 ? "" : args[0];
        TreeMap<Integer, Path> found = new TreeMap<>();
        for (Path home : named.isBlank() ? usualHomes() : homesIn(named)) {
            int feature = feature(home);
            if (feature >= OLDEST) {
                found.putIfAbsent(feature, home);
            }
        }
        int running = Runtime.version().feature();
        found.remove(running);
        if (found.isEmpty()) {
            System.err.println("**** No other JDK than " + running + " was found: unit tests run on this one only.");
            System.err.println("**** Install one, or name its home with -Dstallsight.jdks=<home>.");
            return;
        }
        int other = found.lastKey() > running ? found.lastKey() : found.firstKey();
        System.err.println("unit tests run on JDK " + running + " and once more on JDK " + other);
        System.out.println(found.get(other));
    }

    private static List<Path> homesIn(String named) {
        return Stream.of(named.split(System.getProperty("path.separator"))).map(Path::of).toList();
    }

    private static List<Path> usualHomes() throws IOException {
        List<Path> homes = new ArrayList<>(children(Path.of(System.getProperty("java.home")).getParent()));
        System.getenv().forEach((name, value) -> {
            if (name.matches("JAVA_HOME(_\\d+(_\\w+)?)?")) {
                homes.add(Path.of(value));
            }
        });
        Path user = Path.of(System.getProperty("user.home"));
        homes.addAll(children(user.resolve(".sdkman/candidates/java")));
        homes.addAll(children(user.resolve(".jdks")));
        return homes;
    }

    private static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().toList();
        }
    }

    /** The feature version of the JDK at this home, 0 if there is none. */
    private static int feature(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isReadable(release) || !Files.isExecutable(home.resolve("bin/java"))) {
            return 0;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        }
        String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
        return Integer.parseInt(version.split("[^0-9]", 2)[0]);
    }
}
