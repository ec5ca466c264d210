package io.stallsight.bench;

import java.io.IOException;
import java.util.List;

/** Gives the service and the load generator a CPU each, where the system has {@code taskset} and two CPUs. */
final class Cpus {

    private static final int COUNT = Runtime.getRuntime().availableProcessors();
    private static final boolean PINNED = pinGenerator();

    private Cpus() {}

    /** The prefix of a command that runs beside the generator. */
    static List<String> forService() {
        return PINNED ? List.of("taskset", "-c", "0") : List.of();
    }

    /** The prefix of a command that has the whole machine. */
    static List<String> all() {
        return PINNED ? List.of("taskset", "-c", "0-" + (COUNT - 1)) : List.of();
    }

    private static boolean pinGenerator() {
        if (COUNT < 2) {
            return false;
        }
        try {
            // all threads of this process; forked processes inherit it, and taskset overrides it
            return new ProcessBuilder(
                                    "taskset",
                                    "-a",
                                    "-p",
                                    "-c",
                                    "1",
                                    Long.toString(ProcessHandle.current().pid()))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noTaskset) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
