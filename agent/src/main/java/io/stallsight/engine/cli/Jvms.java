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
 * The JVMs of this machine. A class of its own, because picocli reflects on the methods of the command before the check
 * for module jdk.attach.
 */
final class Jvms {

    /** For all JVMs together. A JVM that has not answered by then is stopped, or about to end. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private Jvms() {}

    /** Queries all JVMs at once: one after the other, a stopped one would delay the rest. */
    static List<JvmRow> ofThisUser() throws InterruptedException {
        record Query(VirtualMachineDescriptor descriptor, FutureTask<JvmRow> answer) {}
        String own = Long.toString(ProcessHandle.current().pid());
        List<Query> queries = new ArrayList<>();
        for (VirtualMachineDescriptor descriptor : VirtualMachine.list()) {
            if (!descriptor.id().equals(own)) {
                FutureTask<JvmRow> answer = new FutureTask<>(() -> query(descriptor));
                Thread thread = new Thread(answer, "query-" + descriptor.id());
                thread.setDaemon(true);
                thread.start();
                queries.add(new Query(descriptor, answer));
            }
        }
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        List<JvmRow> rows = new ArrayList<>();
        for (Query each : queries) {
            try {
                rows.add(each.answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
            } catch (TimeoutException | ExecutionException e) {
                rows.add(silent(each.descriptor));
            }
        }
        rows.sort(Comparator.comparingLong(JvmRow::pid));
        return rows;
    }

    /** Queries one JVM; takes up to ten seconds if it does not answer. */
    private static JvmRow query(VirtualMachineDescriptor descriptor) {
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

    /** The row of a JVM that does not answer. */
    private static JvmRow silent(VirtualMachineDescriptor descriptor) {
        return new JvmRow(pid(descriptor), main(descriptor), null, "does not answer", null);
    }

    private static long pid(VirtualMachineDescriptor descriptor) {
        return Long.parseLong(descriptor.id());
    }

    private static String main(VirtualMachineDescriptor descriptor) {
        return JvmRow.main(descriptor.displayName());
    }

    private static String state(String property) {
        return switch (property) {
            case "active" -> "attached";
            case "" -> "-";
            default -> property;
        };
    }
}
