package io.stallsight.engine.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.stallsight.engine.fact.ObservedJvm;
import java.io.File;
import java.io.IOException;
import java.time.Instant;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Another JVM, through the attach API. */
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

    /** The state that the agent in the target last set; empty if it never was there. */
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

    /**
     * Sends a request to the agent in the target, and returns the answer.
     *
     * @param request see {@code io.stallsight.engine.Requests}
     */
    String ask(File agentJar, String request) {
        String id = UUID.randomUUID().toString();
        load(agentJar, "--request " + id + " " + request);
        String answer;
        try {
            answer = machine.getAgentProperties().getProperty("stallsight.answer." + id, "");
        } catch (IOException e) {
            throw new UserException("process " + pid + " does not answer (" + e.getMessage() + ")");
        }
        if (answer.startsWith("ok ")) {
            return answer.substring("ok ".length());
        }
        throw new UserException(
                answer.isEmpty()
                        ? "the agent in process " + pid + " does not answer; use the jar that it was started with"
                        : answer.substring("no ".length()));
    }

    /** The target, as the picture shows it. */
    ObservedJvm process() {
        try {
            Properties system = machine.getSystemProperties();
            String command = machine.getAgentProperties().getProperty("sun.java.command", "");
            long started = ProcessHandle.of(Long.parseLong(pid))
                    .flatMap(process -> process.info().startInstant())
                    .map(Instant::toEpochMilli)
                    .orElse(0L);
            return new ObservedJvm(
                    Long.parseLong(pid),
                    JvmRow.main(command),
                    system.getProperty("java.runtime.version", ""),
                    "",
                    started,
                    null,
                    TimeUnit.MILLISECONDS.toNanos(100),
                    Runtime.getRuntime().availableProcessors(),
                    "full");
        } catch (IOException e) {
            throw new UserException("process " + pid + " does not answer (" + e.getMessage() + ")");
        }
    }

    @Override
    public void close() {
        try {
            machine.detach();
        } catch (IOException e) {
            // the target has ended
        }
    }
}
