package io.stallsight.engine.cli;

import java.io.File;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code detach <pid>}. */
@Command(
        name = "detach",
        description = "Takes the agent out of a JVM: the original bytecode is restored and its threads end.",
        mixinStandardHelpOptions = true)
final class DetachCommand implements Callable<Integer> {

    private final File agentJar;

    @Parameters(index = "0", paramLabel = "<pid>", description = "process id of the JVM")
    private String pid = "";

    DetachCommand(File agentJar) {
        this.agentJar = agentJar;
    }

    @Override
    public Integer call() {
        Prerequisites.module("jdk.attach");
        try (Target target = Target.of(pid)) {
            if (!target.state().equals("active")) {
                throw new UserException("the agent is not attached to process " + pid);
            }
            target.load(agentJar, "--detach");
            String state = target.state();
            if (!state.equals("detached")) {
                throw new UserException("the agent could not leave process " + pid + " (" + state + ")");
            }
        }
        System.out.println("detached from " + pid);
        return 0;
    }
}
