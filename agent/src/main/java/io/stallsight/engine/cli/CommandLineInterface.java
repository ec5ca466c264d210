package io.stallsight.engine.cli;

import java.io.File;
import java.io.PrintWriter;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Finds the command and turns what goes wrong into one line and an exit code: 0 done, 1 a finding, 2 misuse. */
@Command(
        name = "stallsight",
        description = "Shows what blocks a JVM's event loops.",
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineInterface.Version.class,
        subcommands = {
            PsCommand.class,
            AttachCommand.class,
            DetachCommand.class,
            TopCommand.class,
            ReportCommand.class,
            ConfigCommand.class,
            CheckCommand.class
        })
public final class CommandLineInterface implements Runnable {

    static final int MISUSE = 2;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--color",
            paramLabel = "<when>",
            scope = ScopeType.INHERIT,
            description = "auto (on a terminal, unless NO_COLOR is set), always or never")
    private Style.When color = Style.When.auto;

    private CommandLineInterface() {}

    /** Called by the jar's main class. */
    public static int run(String[] arguments, File agentJar, @Nullable Instrumentation instrumentation) {
        CommandLine commands = new CommandLine(new CommandLineInterface(), new Commands(agentJar, instrumentation));
        commands.setParameterExceptionHandler((e, given) -> {
            PrintWriter err = e.getCommandLine().getErr();
            err.println("stallsight: " + message(e));
            return MISUSE;
        });
        commands.setExecutionExceptionHandler((e, command, parsed) -> {
            command.getErr().println("stallsight: " + (e instanceof UserException ? e.getMessage() : e.toString()));
            return e instanceof UserException ? MISUSE : 1;
        });
        return commands.execute(arguments);
    }

    /** As {@code --color} says. */
    Style style() {
        return Style.of(color, System.getenv(), Style.isTerminal());
    }

    private static String message(ParameterException e) {
        return e instanceof UnmatchedArgumentException unmatched
                        && e.getCommandLine().getParent() == null
                ? "unknown command " + unmatched.getUnmatched().get(0) + "; commands are: "
                        + String.join(", ", e.getCommandLine().getSubcommands().keySet())
                : String.valueOf(e.getMessage());
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "name a command: " + String.join(", ", spec.subcommands().keySet()) + " (--help tells more)");
        }
    }

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        private final File agentJar;

        Version(File agentJar) {
            this.agentJar = agentJar;
        }

        @Override
        public String[] getVersion() throws Exception {
            try (java.util.jar.JarFile jar = new java.util.jar.JarFile(agentJar)) {
                return new String[] {
                    "stallsight " + jar.getManifest().getMainAttributes().getValue("Implementation-Version")
                };
            }
        }
    }

    /** Makes command objects with what they need. */
    private record Commands(File agentJar, @Nullable Instrumentation instrumentation) implements CommandLine.IFactory {

        @Override
        public <K> K create(Class<K> type) throws Exception {
            Object made;
            if (type == AttachCommand.class) {
                made = new AttachCommand(agentJar);
            } else if (type == DetachCommand.class) {
                made = new DetachCommand(agentJar);
            } else if (type == CheckCommand.class) {
                made = new CheckCommand(instrumentation);
            } else if (type == ConfigCommand.class) {
                made = new ConfigCommand(agentJar);
            } else if (type == TopCommand.class) {
                made = new TopCommand(agentJar, instrumentation);
            } else if (type == ReportCommand.class) {
                made = new ReportCommand(instrumentation);
            } else if (type == Version.class) {
                made = new Version(agentJar);
            } else {
                made = CommandLine.defaultFactory().create(type);
            }
            return type.cast(made);
        }
    }
}
