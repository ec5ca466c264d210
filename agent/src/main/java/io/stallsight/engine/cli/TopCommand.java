package io.stallsight.engine.cli;

import io.stallsight.engine.Bootstrap;
import io.stallsight.engine.fact.ObservedJvm;
import io.stallsight.engine.picture.PictureQuery;
import io.stallsight.engine.recording.LiveEvents;
import io.stallsight.engine.recording.RecordingException;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code top <pid>}. */
@Command(
        name = "top",
        description = "Shows a running JVM's loops, blocking calls and pools, again and again. q or Ctrl-C ends it.",
        mixinStandardHelpOptions = true)
final class TopCommand implements Callable<Integer> {

    private static final long RANGE_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private static final long MIN_INTERVAL_MILLIS = 500;

    /** Covers an interval of the agent, the second after which JFR flushes, and the start of JFR. */
    private static final long FIRST_PICTURE_LIMIT_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final File agentJar;
    private final @Nullable Instrumentation instrumentation;

    @ParentCommand
    private @Nullable CommandLineInterface parent;

    @Parameters(index = "0", paramLabel = "<pid>", description = "process id of the JVM")
    private String pid = "";

    @Option(names = "--once", description = "prints one picture, as soon as there is one, and ends")
    private boolean once;

    @Option(
            names = "--interval",
            paramLabel = "<duration>",
            description = "between two pictures, at least 500ms; default: 2s",
            converter = Times.Length.class)
    private Long interval = 2_000L;

    @Option(names = "--attach", description = "attaches the agent first, if it is not; it stays attached")
    private boolean attach;

    TopCommand(File agentJar, @Nullable Instrumentation instrumentation) {
        this.agentJar = agentJar;
        this.instrumentation = instrumentation;
    }

    @Override
    public Integer call() throws Exception {
        Prerequisites.module("jdk.jfr");
        Prerequisites.module("jdk.attach");
        if (interval < MIN_INTERVAL_MILLIS) {
            throw new UserException("--interval is at least 500ms");
        }
        Bootstrap.prepare(Prerequisites.instrumentation(instrumentation, "top"));
        ObservedJvm process;
        Path repository;
        try (Target target = Target.of(pid)) {
            if (!target.state().equals("active")) {
                if (!attach) {
                    throw new UserException("the agent is not attached to process " + pid + " (attach " + pid
                            + ", or top " + pid + " --attach)");
                }
                target.attach(agentJar, "");
            }
            repository = Path.of(
                    target.ask(agentJar, "record " + ProcessHandle.current().pid()));
            process = target.process();
        }
        try (LiveEvents events = LiveEvents.open(repository, process)) {
            return show(events, Objects.requireNonNull(parent).style());
        } catch (RecordingException e) {
            throw new UserException(String.valueOf(e.getMessage()));
        }
    }

    private int show(LiveEvents events, Style style) throws IOException, InterruptedException {
        if (!events.awaitFirst(FIRST_PICTURE_LIMIT_MILLIS) && once) {
            System.out.println("no event loop was seen in process " + pid + " within ten seconds");
            return 0;
        }
        if (once || !Style.isTerminal()) {
            print(events, style);
            return 0;
        }
        try (Screen screen = new Screen()) {
            while (isRunning()) {
                Screen.Size size = screen.size();
                screen.draw(lines(events, style, size), size);
                int key = Screen.key(interval);
                if (key == 'q' || key == 'Q') {
                    return 0;
                }
            }
        }
        System.out.println("process " + pid + " has ended");
        return 0;
    }

    private void print(LiveEvents events, Style style) throws InterruptedException {
        do {
            lines(events, style, Screen.Size.UNLIMITED).forEach(System.out::println);
            if (once) {
                return;
            }
            System.out.println();
            if (System.out.checkError()) {
                return; // the reader of the pipe has ended: | head
            }
            Thread.sleep(interval);
        } while (isRunning());
        System.out.println("process " + pid + " has ended");
    }

    private boolean isRunning() {
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(ProcessHandle::isAlive)
                .isPresent();
    }

    private static List<String> lines(LiveEvents events, Style style, Screen.Size size) {
        return events.picture()
                .view(PictureQuery.last(RANGE_MILLIS), view -> new PictureText(view, style).screen(size));
    }
}
