package io.stallsight.engine.cli;

import io.stallsight.engine.Bootstrap;
import io.stallsight.engine.catalog.CatalogReader;
import io.stallsight.engine.http.Snapshot;
import io.stallsight.engine.picture.PictureJson;
import io.stallsight.engine.picture.PictureQuery;
import io.stallsight.engine.recording.Recorded;
import io.stallsight.engine.recording.RecordingException;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code report <file.jfr>}. */
@Command(
        name = "report",
        description = "Tells from a recording of JFR what blocked, the verdict first. A recording of a JVM without"
                + " Stallsight is read as well; it tells less. Exits with 1 if something was wrong.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    private final @Nullable Instrumentation instrumentation;

    @ParentCommand
    private @Nullable CommandLineInterface parent;

    @Parameters(index = "0", paramLabel = "<file.jfr>", description = "a recording, also of another JVM or machine")
    private Path file = Path.of("");

    @Option(names = "--json", description = "prints the picture as JSON, see docs/api.md")
    private boolean json;

    @Option(
            names = "--html",
            paramLabel = "<out.html>",
            description = "writes the dashboard's page with the picture in it, one file that needs nothing else")
    private @Nullable Path html;

    @Option(
            names = "--last",
            paramLabel = "<duration>",
            description = "only the end of the recording: 30s, 5m, 1h",
            converter = Times.Length.class)
    private @Nullable Long last;

    @Option(
            names = "--from",
            paramLabel = "<time>",
            description = "only from then on: 2026-11-24T10:00:00Z, or local 2026-11-24T10:00:00",
            converter = Times.Moment.class)
    private @Nullable Long from;

    @Option(names = "--to", paramLabel = "<time>", description = "only until then", converter = Times.Moment.class)
    private @Nullable Long to;

    @Option(names = "--packages", split = ";", paramLabel = "<package>", description = "your own packages")
    private List<String> packages = List.of();

    @Option(
            names = "--threads",
            split = ";",
            paramLabel = "<glob>",
            description = "names of threads that must not block; used where the agent was not attached")
    private List<String> threads = List.of();

    @Option(names = "--detail", paramLabel = "<detail>", description = "full shows hosts and paths; default: shape")
    private String detail = "shape";

    ReportCommand(@Nullable Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    @Override
    public Integer call() throws Exception {
        Modules.need("jdk.jfr");
        if (json && html != null) {
            throw new UserException("--json and --html exclude each other");
        }
        if (last != null && from != null) {
            throw new UserException("--last and --from exclude each other");
        }
        if (!detail.equals("shape") && !detail.equals("full")) {
            throw new UserException("--detail is shape or full, not \"" + detail + "\"");
        }
        if (instrumentation == null || parent == null) {
            throw new UserException("report needs to be run as java -jar stallsight.jar report");
        }
        Bootstrap.prepare(instrumentation);
        Recorded recorded;
        try {
            recorded = Recorded.read(
                    file,
                    new Recorded.Wish(from, to, last, packages, threads, detail),
                    feature -> new CatalogReader(feature).readBuiltIn().catalog());
        } catch (RecordingException e) {
            throw new UserException(String.valueOf(e.getMessage()));
        }
        String text = PictureJson.of(recorded.picture(), PictureQuery.all());
        PictureText picture = new PictureText(text, parent.style());
        if (html != null) {
            write(html, Snapshot.html(text));
        } else if (json) {
            System.out.println(text);
        } else {
            picture.report(recorded.facts(), recorded.limits()).forEach(System.out::println);
        }
        return picture.isWell() ? 0 : 1;
    }

    private static void write(Path out, String page) {
        try {
            Files.writeString(out, page);
        } catch (IOException e) {
            throw new UserException(out + " cannot be written (" + e.getClass().getSimpleName() + ")");
        }
        System.out.println(out);
    }
}
