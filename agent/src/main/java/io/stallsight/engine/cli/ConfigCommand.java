package io.stallsight.engine.cli;

import java.io.File;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code config <pid> [key=value ...]}. */
@Command(
        name = "config",
        description = "Shows the options in force in a JVM, and changes those that may change at run time.",
        mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {

    private final File agentJar;

    @Parameters(index = "0", paramLabel = "<pid>", description = "process id of the JVM")
    private String pid = "";

    @Parameters(index = "1..*", paramLabel = "<key=value>", description = "an option and its new value")
    private List<String> changes = List.of();

    ConfigCommand(File agentJar) {
        this.agentJar = agentJar;
    }

    @Override
    public Integer call() {
        Prerequisites.module("jdk.attach");
        for (String change : changes) {
            if (change.indexOf('=') <= 0) {
                throw new UserException("\"" + change + "\" is not of the form key=value");
            }
        }
        try (Target target = Target.of(pid)) {
            if (!target.state().equals("active")) {
                throw new UserException("the agent is not attached to process " + pid + " (attach " + pid + ")");
            }
            for (String change : changes) {
                System.out.println(target.ask(agentJar, "set " + change));
            }
            if (changes.isEmpty()) {
                System.out.println(target.ask(agentJar, "settings"));
            }
        }
        return 0;
    }
}
