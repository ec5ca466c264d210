package io.stallsight.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Disturbs a process from outside: signals, competitors for its CPU, a CPU limit. Starting a process takes too long, so
 * the competitors exist and stand still until the test needs them, and a shell waits to send signals. Linux only.
 */
final class Outside implements AutoCloseable {

    /** Competitors on the CPU of the process. */
    private static final int COMPETITORS = 6;

    private static final Path CPU_GROUPS = Path.of("/sys/fs/cgroup/cpu"); // of version 1
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");
    private static final long PERIOD_MICROS = 100_000;
    private static final long QUOTA_MICROS = 10_000;

    private final long pid;
    private final Process shell;
    private final List<Process> competitors = new ArrayList<>();
    private final Optional<Path> group;

    Outside(long pid) {
        this.pid = pid;
        try {
            shell = new ProcessBuilder("sh")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (canPin()) {
                for (int i = 0; i < COMPETITORS; i++) {
                    Process competitor = new ProcessBuilder(
                                    // one session each: the kernel may give all processes of a session one common share
                                    "setsid", "taskset", "-c", "0", "sh", "-c", "kill -STOP $$; while :; do :; done")
                            .start();
                    competitors.add(competitor);
                }
            }
            group = makeGroup(pid);
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        }
    }

    boolean canStarve() {
        return !competitors.isEmpty();
    }

    boolean canThrottle() {
        return group.isPresent();
    }

    /** Stops the process for this time. */
    void suspend(long millis) {
        send("kill -STOP %d; sleep %d.%03d; kill -CONT %d".formatted(pid, millis / 1000, millis % 1000, pid));
    }

    /** Confines the process to a CPU on which competitors compute. */
    void starve() {
        run("taskset", "-a", "-p", "-c", "0", Long.toString(pid));
        competitors.forEach(each -> send("kill -CONT " + each.pid()));
    }

    void feed() {
        competitors.forEach(each -> send("kill -STOP " + each.pid()));
        run("taskset", "-a", "-p", "-c", "0-" + (Runtime.getRuntime().availableProcessors() - 1), Long.toString(pid));
    }

    void throttle(boolean on) {
        group.ifPresent(path -> limit(path, on));
    }

    private static void limit(Path group, boolean on) {
        try {
            Path quota = group.resolve("cpu.cfs_quota_us");
            if (Files.exists(quota)) {
                Files.writeString(quota, Long.toString(on ? QUOTA_MICROS : -1));
            } else {
                Files.writeString(group.resolve("cpu.max"), (on ? QUOTA_MICROS : "max") + " " + PERIOD_MICROS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty if this user may not make a group here, or if the system has none with a CPU limit. */
    private static Optional<Path> makeGroup(long pid) {
        Path parent = Files.isDirectory(CPU_GROUPS) ? CPU_GROUPS : GROUPS;
        Path made = parent.resolve("stallsight-lab-" + pid);
        try {
            Files.createDirectory(made);
        } catch (IOException e) {
            System.err.println("no CPU limit can be set here, so nothing is throttled: " + e);
            return Optional.empty();
        }
        try {
            limit(made, false);
            Files.writeString(made.resolve("cgroup.procs"), Long.toString(pid));
            return Optional.of(made);
        } catch (IOException | UncheckedIOException e) {
            System.err.println("no CPU limit can be set here, so nothing is throttled: " + e);
            made.toFile().delete();
            return Optional.empty();
        }
    }

    private static boolean canPin() {
        try {
            return new ProcessBuilder("setsid", "taskset", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            System.err.println("no setsid or taskset here, so nothing is starved: " + e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void send(String command) {
        try {
            shell.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
            shell.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String... command) {
        try {
            int exit = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": exit code " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The process must have ended. */
    @Override
    public void close() {
        competitors.forEach(Process::destroyForcibly);
        shell.destroyForcibly();
        group.ifPresent(Outside::remove);
    }

    private static void remove(Path group) {
        try {
            for (int i = 0; i < 50 && !group.toFile().delete(); i++) {
                TimeUnit.MILLISECONDS.sleep(20); // the kernel takes a moment to notice that it is empty
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
