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

/** Runs a command. Exit codes: 0 done, 1 a finding or a failure, 2 misuse. Each error is one line on stderr. */
@Command(
        name = "stallsight",
        description = "Shows what blocks a JVM's event loops.",
        mixinStandardHelpOptions = true,
        versionProvider = JarVersion.class,
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

    /** The style that {@code --color} asks for. */
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
                    "name a command: " + String.join(", ", spec.subcommands().keySet()) + " (--help explains them)");
        }
    }
}
