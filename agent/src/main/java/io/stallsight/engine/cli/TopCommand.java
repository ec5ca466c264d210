package io.stallsight.engine.cli;

import io.stallsight.engine.Bootstrap;
import io.stallsight.engine.fact.ObservedJvm;
import io.stallsight.engine.picture.PictureJson;
import io.stallsight.engine.picture.PictureQuery;
import io.stallsight.engine.recording.LiveEvents;
import io.stallsight.engine.recording.RecordingException;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
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

    /** An interval of the agent, JFR's second, and the start of JFR. */
    private static final long FIRST_MILLIS = TimeUnit.SECONDS.toMillis(10);

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
        Modules.need("jdk.jfr");
        Modules.need("jdk.attach");
        if (interval < 500) {
            throw new UserException("--interval is at least 500ms");
        }
        if (instrumentation == null || parent == null) {
            throw new UserException("top needs to be run as java -jar stallsight.jar top");
        }
        Bootstrap.prepare(instrumentation);
        ObservedJvm process;
        Path repository;
        try (Target target = Target.of(pid)) {
            if (!target.state().equals("active")) {
                if (!attach) {
                    throw new UserException("the agent is not attached to process " + pid + " (attach " + pid
                            + ", or top " + pid + " --attach)");
                }
                target.load(agentJar, "");
            }
            repository = Path.of(
                    target.ask(agentJar, "record " + ProcessHandle.current().pid()));
            process = target.process();
        }
        try (LiveEvents events = LiveEvents.open(repository, process)) {
            return show(events, parent.style());
        } catch (RecordingException e) {
            throw new UserException(String.valueOf(e.getMessage()));
        }
    }

    private int show(LiveEvents events, Style style) throws IOException, InterruptedException {
        if (!events.awaitFirst(FIRST_MILLIS) && once) {
            System.out.println("no event loop was seen in process " + pid + " within ten seconds");
            return 0;
        }
        if (once || !Style.isTerminal()) {
            print(events, style);
            return 0;
        }
        try (Screen screen = new Screen()) {
            while (isRunning()) {
                int[] size = screen.size();
                screen.draw(picture(events, style).screen(size[0], size[1]), size[0], size[1]);
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
            picture(events, style).screen(Integer.MAX_VALUE, Integer.MAX_VALUE).forEach(System.out::println);
            if (once) {
                return;
            }
            System.out.println();
            if (System.out.checkError()) {
                return; // nobody reads on: | head
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

    private static PictureText picture(LiveEvents events, Style style) {
        return new PictureText(PictureJson.of(events.picture(), PictureQuery.last(RANGE_MILLIS)), style);
    }
}
