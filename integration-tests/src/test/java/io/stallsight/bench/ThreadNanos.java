package io.stallsight.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The CPU time of each thread of a process by the kernel of Linux, see <a
 * href="https://docs.kernel.org/scheduler/sched-stats.html">sched-stats</a>.
 *
 * @param byName nanoseconds of all threads that have the same first 15 characters of their name
 */
record ThreadNanos(Map<String, Long> byName) {

    static ThreadNanos of(long pid) throws IOException {
        Map<String, Long> byName = new HashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks) {
                try {
                    String name = Files.readString(task.resolve("comm")).trim();
                    String[] times =
                            Files.readString(task.resolve("schedstat")).trim().split(" ");
                    byName.merge(name, Long.parseLong(times[0]), Long::sum);
                } catch (NoSuchFileException ended) {
                    // its time is lost; the threads that matter do not end
                }
            }
        }
        return new ThreadNanos(byName);
    }

    ThreadNanos minus(ThreadNanos before) {
        Map<String, Long> spent = new HashMap<>(byName);
        before.byName.forEach((name, nanos) -> spent.merge(name, -nanos, Long::sum));
        return new ThreadNanos(spent);
    }

    /** Of all threads with such a name. */
    long of(Predicate<String> name) {
        return byName.entrySet().stream()
                .filter(entry -> name.test(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .filter(nanos -> nanos > 0)
                .sum();
    }
}
