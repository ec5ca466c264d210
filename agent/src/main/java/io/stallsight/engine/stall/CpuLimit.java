package io.stallsight.engine.stall;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long the kernel kept this process from running because its container had used up its CPU limit: cgroup v2's
 * {@code cpu.stat} ({@code throttled_usec}) or version 1's ({@code throttled_time}, nanoseconds). See <a
 * href="https://docs.kernel.org/admin-guide/cgroup-v2.html#cpu-interface-files">cpu.stat</a>.
 */
final class CpuLimit {

    /** Looked for each time, which is at a stall only: a running process may be moved to another group. */
    private static List<Path> candidates() {
        return List.of(
                own("", "/sys/fs/cgroup"),
                own("cpu", "/sys/fs/cgroup/cpu"),
                Path.of("/sys/fs/cgroup/cpu.stat"),
                Path.of("/sys/fs/cgroup/cpu/cpu.stat"));
    }

    /** The file of this process's own group: {@code /proc/self/cgroup} has its path below the mount. */
    private static Path own(String controller, String mount) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
                String[] parts = line.split(":", 3);
                if (parts.length == 3 && contains(parts[1], controller)) {
                    return Path.of(mount, parts[2], "cpu.stat");
                }
            }
        } catch (IOException | RuntimeException notLinux) {
            // the files of the mount itself are tried
        }
        return Path.of(mount, "cpu.stat");
    }

    private static boolean contains(String controllers, String one) {
        for (String controller : controllers.split(",")) {
            if (controller.equals(one)) {
                return true;
            }
        }
        return false;
    }

    /** Since the group was made; 0 if there is no limit or no way to know. */
    long throttledNanos() {
        for (Path file : candidates()) {
            try {
                long nanos = throttled(Files.readString(file, StandardCharsets.US_ASCII));
                if (nanos >= 0) {
                    return nanos;
                }
            } catch (IOException | RuntimeException notThere) {
                // the next one
            }
        }
        return 0;
    }

    private static long throttled(String stat) {
        for (String line : stat.split("\n")) {
            if (line.startsWith("throttled_usec ")) {
                return TimeUnit.MICROSECONDS.toNanos(Long.parseLong(
                        line.substring("throttled_usec ".length()).trim()));
            }
            if (line.startsWith("throttled_time ")) {
                return Long.parseLong(line.substring("throttled_time ".length()).trim());
            }
        }
        return -1;
    }
}
