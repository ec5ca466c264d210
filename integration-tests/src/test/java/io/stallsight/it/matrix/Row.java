package io.stallsight.it.matrix;

import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Maven;
import io.stallsight.it.harness.TestOutput;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A framework of the matrix: a folder of {@code src/test/matrix} with a Maven project that builds a service, and a
 * {@code row.properties}.
 *
 * <p>The service listens on a free port and prints {@code PORT <number>} when it is ready. It answers {@code GET
 * /hello}, ordinary traffic; {@code GET /fault/<kind>}, which calls {@code com.shop.Faults.run(kind)} in the handler;
 * and {@code GET /offloaded/<kind>}, which calls it where the framework wants it to be called. The answer of both is
 * the name of the thread, which {@code Faults.run} returns. SIGTERM ends it.
 *
 * @param name of the folder
 * @param project the folder that has the Maven project: its own, or that of another row which starts the same service
 * @param title of the framework, with what the row is about
 * @param versions as docs/frameworks.md shows them
 * @param lowest arguments of Maven for the lowest version
 * @param newest arguments of Maven for the newest version
 * @param turn which runs have it
 * @param fromJdk the first JDK that runs it
 * @param needs commands that the service runs, for example a server of a database
 * @param launch how to start it: {@code -jar target/service.jar}, or a class path and a main class
 * @param ready what the service prints before its port
 * @param loops a pattern of the loop groups on which a handler runs, with {@code |} between several; empty if handlers
 *     may block: then nothing is a finding
 * @param request a pattern of the names that requests with a fault have; empty if requests are not known
 * @param pools the names of pools that are found, with {@code |} between several
 * @param offloaded a pattern of the names of the threads that may block
 * @param reload a path, empty if there is none: the service redeploys itself, and answers {@code unloaded} once the JVM
 *     has unloaded its old classes
 * @param crowd a path, empty if there is none: for two seconds the service has more work for each of its pools than
 *     these can do at once
 * @param belongs how the framework wants blocking code to be called
 */
record Row(
        String name,
        String project,
        String title,
        String versions,
        List<String> lowest,
        List<String> newest,
        Turn turn,
        int fromJdk,
        List<String> needs,
        List<String> launch,
        String ready,
        String loops,
        String request,
        List<String> pools,
        String offloaded,
        String reload,
        String crowd,
        String belongs) {

    /** Which runs of the matrix have a row. */
    enum Turn {
        EACH_BUILD,
        /** Only a run that names the row, or all rows: it takes too long for each build. */
        ON_DEMAND
    }

    private static final Path ROWS = Path.of("src/test/matrix").toAbsolutePath();
    private static final Path COMMON = ROWS.resolve("common");

    /** The rows in alphabetical order. */
    static List<Row> all() {
        try (Stream<Path> folders = Files.list(ROWS)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve("row.properties")))
                    .sorted()
                    .map(Row::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row read(Path folder) {
        Properties row = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve("row.properties"))) {
            row.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String name = folder.getFileName().toString();
        return new Row(
                name,
                row.getProperty("project", name),
                required(row, "title"),
                required(row, "versions"),
                words(row.getProperty("lowest", "")),
                words(row.getProperty("newest", "")),
                Turn.valueOf(row.getProperty("turn", Turn.EACH_BUILD.name())),
                Integer.parseInt(row.getProperty("jdk", "17")),
                words(row.getProperty("needs", "")),
                words(row.getProperty("launch", "-jar target/service.jar")),
                row.getProperty("ready", "PORT "),
                row.getProperty("loops", ""),
                row.getProperty("request", ""),
                names(row.getProperty("pools", "")),
                required(row, "offloaded"),
                row.getProperty("reload", ""),
                row.getProperty("crowd", ""),
                required(row, "belongs"));
    }

    private static String required(Properties row, String key) {
        return Optional.ofNullable(row.getProperty(key))
                .orElseThrow(() -> new IllegalStateException("no " + key + " in " + row));
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : Arrays.asList(text.trim().split("\\s+"));
    }

    private static List<String> names(String text) {
        return text.isBlank() ? List.of() : Arrays.asList(text.trim().split("\\|"));
    }

    /** Its line in the table of docs/frameworks.md. */
    String line() {
        String jdks = fromJdk == 17 ? "17, 25" : fromJdk + " and later";
        String on = loops.isEmpty() ? "none" : "`" + loops.replace("|", "` or `") + "`";
        return "| " + String.join(" | ", title, versions, jdks, on, belongs) + " |";
    }

    /** Builds the service and returns the directory of its project. */
    Path build(Jdk jdk, List<String> version) {
        Path directory = TestOutput.unique("matrix-" + name + "-" + jdk.feature());
        Maven.copy(ROWS.resolve(project), directory);
        Maven.copy(COMMON, directory.resolve("src/main/java"));
        List<String> arguments = new ArrayList<>(List.of("-q", "package"));
        arguments.addAll(version);
        Maven.Run run = Maven.run(directory, jdk, Maven.repository(), arguments);
        if (run.exitCode() != 0) {
            throw new AssertionError(run.describe());
        }
        return directory;
    }
}
