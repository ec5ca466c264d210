package io.stallsight.engine.cli;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The JVMs of this machine. Apart from the command, whose methods picocli reflects on before it is known whether there
 * is a module jdk.attach.
 */
final class Jvms {

    /** For all of them: whoever has not answered by then is stopped, or busy with its own end. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private Jvms() {}

    /** Asked all at once, as one that is stopped would keep the others waiting. */
    static List<JvmRow> ofThisUser() throws InterruptedException {
        record Asked(VirtualMachineDescriptor descriptor, FutureTask<JvmRow> answer) {}
        String own = Long.toString(ProcessHandle.current().pid());
        List<Asked> asked = new ArrayList<>();
        for (VirtualMachineDescriptor descriptor : VirtualMachine.list()) {
            if (!descriptor.id().equals(own)) {
                FutureTask<JvmRow> answer = new FutureTask<>(() -> ask(descriptor));
                Thread thread = new Thread(answer, "ask-" + descriptor.id());
                thread.setDaemon(true);
                thread.start();
                asked.add(new Asked(descriptor, answer));
            }
        }
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        List<JvmRow> rows = new ArrayList<>();
        for (Asked each : asked) {
            try {
                rows.add(each.answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
            } catch (TimeoutException | ExecutionException e) {
                rows.add(silent(each.descriptor));
            }
        }
        rows.sort(Comparator.comparingLong(JvmRow::pid));
        return rows;
    }

    /** Asks the JVM itself; takes up to ten seconds if it does not answer. */
    private static JvmRow ask(VirtualMachineDescriptor descriptor) {
        try {
            VirtualMachine machine = VirtualMachine.attach(descriptor);
            try {
                Properties agent = machine.getAgentProperties();
                return new JvmRow(
                        pid(descriptor),
                        main(descriptor),
                        machine.getSystemProperties().getProperty("java.version"),
                        state(agent.getProperty(Target.STATE, "")),
                        agent.getProperty(Target.DASHBOARD));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | IOException e) {
            return silent(descriptor);
        }
    }

    /** What is known of a JVM that does not answer. */
    private static JvmRow silent(VirtualMachineDescriptor descriptor) {
        return new JvmRow(pid(descriptor), main(descriptor), null, "does not answer", null);
    }

    private static long pid(VirtualMachineDescriptor descriptor) {
        return Long.parseLong(descriptor.id());
    }

    private static String main(VirtualMachineDescriptor descriptor) {
        return JvmRow.main(descriptor.displayName());
    }

    private static String state(String told) {
        return switch (told) {
            case "active" -> "attached";
            case "" -> "-";
            default -> told;
        };
    }
}
