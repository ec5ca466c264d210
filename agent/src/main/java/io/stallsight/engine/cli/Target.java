package io.stallsight.engine.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.File;
import java.io.IOException;

/** Another JVM, over the attach API. */
final class Target implements AutoCloseable {

    /** Agent properties, which the agent in the target sets. */
    static final String STATE = "stallsight.state";

    static final String DASHBOARD = "stallsight.http";

    private final String pid;
    private final VirtualMachine machine;

    private Target(String pid, VirtualMachine machine) {
        this.pid = pid;
        this.machine = machine;
    }

    static Target of(String pid) {
        Modules.need("jdk.attach");
        if (!pid.matches("\\d{1,18}")) {
            throw new UserException("\"" + pid + "\" is not a process id (ps lists those of JVMs)");
        }
        if (ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
            throw new UserException("there is no process " + pid + " (ps lists those of JVMs)");
        }
        try {
            return new Target(pid, VirtualMachine.attach(pid));
        } catch (AttachNotSupportedException | IOException e) {
            throw new UserException(
                    "process " + pid + " is not a JVM that can be attached to by this user (" + e.getMessage() + ")");
        }
    }

    /** What the agent in the target last said of itself, empty if it never was there. */
    String state() {
        try {
            return machine.getAgentProperties().getProperty(STATE, "");
        } catch (IOException e) {
            throw new UserException("process " + pid + " does not answer (" + e.getMessage() + ")");
        }
    }

    void load(File agentJar, String arguments) {
        try {
            machine.loadAgent(agentJar.getAbsolutePath(), arguments);
        } catch (AgentLoadException | AgentInitializationException | IOException e) {
            throw new UserException("process " + pid + " refused the agent (" + e.getMessage() + ")");
        }
    }

    @Override
    public void close() {
        try {
            machine.detach();
        } catch (IOException gone) {
            // the target ended meanwhile
        }
    }
}
