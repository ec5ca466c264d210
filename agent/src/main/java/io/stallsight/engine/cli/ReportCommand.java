package io.stallsight.engine.cli;

import io.stallsight.engine.Bootstrap;
import io.stallsight.engine.catalog.CatalogReader;
import io.stallsight.engine.http.Snapshot;
import io.stallsight.engine.picture.Picture;
import io.stallsight.engine.picture.PictureJson;
import io.stallsight.engine.picture.PictureQuery;
import io.stallsight.engine.picture.View;
import io.stallsight.engine.recording.Recorded;
import io.stallsight.engine.recording.RecordingException;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code report <file.jfr>}. */
@Command(
        name = "report",
        description = "Shows what blocked in a recording of JFR, the verdict first. A recording of a JVM without"
                + " Stallsight works as well, with less in it. Exits with 1 if code of the application"
                + " blocked a loop or filled a pool.",
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
            description = "only from this time on: 2026-11-24T10:00:00Z, or local 2026-11-24T10:00:00",
            converter = Times.Moment.class)
    private @Nullable Long from;

    @Option(names = "--to", paramLabel = "<time>", description = "only until this time", converter = Times.Moment.class)
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
        Prerequisites.module("jdk.jfr");
        validate();
        Bootstrap.prepare(Prerequisites.instrumentation(instrumentation, "report"));
        Recorded recorded = read();
        Picture picture = recorded.picture();
        if (html != null) {
            write(html, Snapshot.html(PictureJson.of(picture, PictureQuery.all())));
        } else if (json) {
            System.out.println(PictureJson.of(picture, PictureQuery.all()));
        } else {
            Style style = Objects.requireNonNull(parent).style();
            picture.view(
                            PictureQuery.all(),
                            view -> new PictureText(view, style).report(recorded.facts(), recorded.limits()))
                    .forEach(System.out::println);
        }
        return picture.view(PictureQuery.all(), View::blames) ? 1 : 0;
    }

    private void validate() {
        if (json && html != null) {
            throw new UserException("--json and --html exclude each other");
        }
        if (last != null && from != null) {
            throw new UserException("--last and --from exclude each other");
        }
        if (!detail.equals("shape") && !detail.equals("full")) {
            throw new UserException("--detail is shape or full, not \"" + detail + "\"");
        }
    }

    private Recorded read() {
        try {
            return Recorded.read(
                    file,
                    new Recorded.Wish(from, to, last, packages, threads, detail),
                    feature -> new CatalogReader(feature).readBuiltIn().catalog());
        } catch (RecordingException e) {
            throw new UserException(String.valueOf(e.getMessage()));
        }
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
