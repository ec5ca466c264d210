package io.stallsight.engine.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.stallsight.engine.fact.ObservedJvm;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Another JVM, through the attach API. */
final class Target implements AutoCloseable {

    /** Agent properties, which the agent in the target sets. */
    static final String STATE = "stallsight.state";

    static final String DASHBOARD = "stallsight.http";

    private static final String REQUESTS = "stallsight.requests";

    /**
     * A JDK below 24 closes the connection when one is longer (<a
     * href="https://github.com/openjdk/jdk/blob/jdk-17-ga/src/hotspot/share/services/attachListener.hpp">arg_length_max</a>),
     * and the attach API then fails with "Premature EOF".
     */
    private static final int MAX_ARGUMENT_BYTES = 1024;

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

    /** Loads the agent, and says so, as this takes seconds where the machine is busy. */
    void attach(File agentJar, String options) {
        try (Progress loading = Progress.of("connected to " + pid
                + "; the agent reads its catalog, weaves the classes that are loaded, and starts its threads")) {
            load(agentJar, options);
        }
    }

    void load(File agentJar, String arguments) {
        String jar = agentJar.getAbsolutePath();
        try {
            if ((jar + "=" + arguments).getBytes(StandardCharsets.UTF_8).length <= MAX_ARGUMENT_BYTES) {
                machine.loadAgent(jar, arguments);
            } else {
                try (ArgumentsFile file = ArgumentsFile.of(arguments, Long.parseLong(pid))) {
                    machine.loadAgent(jar, "--arguments-in " + file.path());
                }
            }
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
        String answer = answer(agentJar, request);
        if (answer.startsWith("ok ")) {
            return answer.substring("ok ".length());
        }
        throw new UserException(
                answer.isEmpty()
                        ? "the agent in process " + pid + " does not answer; use the jar that it was started with"
                        : answer.substring("no ".length()));
    }

    private String answer(File agentJar, String request) {
        try {
            String socket = machine.getAgentProperties().getProperty(REQUESTS, "");
            String answer = socket.isEmpty() ? null : RequestClient.ask(Path.of(socket), request);
            if (answer != null) {
                return answer;
            }
            String id = UUID.randomUUID().toString();
            load(agentJar, "--request " + id + " " + request);
            return machine.getAgentProperties().getProperty("stallsight.answer." + id, "");
        } catch (IOException e) {
            throw new UserException("process " + pid + " does not answer (" + e.getMessage() + ")");
        }
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
                    system.getProperty("user.timezone", ""),
                    "full",
                    null);
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
