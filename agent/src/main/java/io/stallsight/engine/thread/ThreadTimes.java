package io.stallsight.engine.thread;

import io.stallsight.hook.StallsightErrors;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * CPU time of a thread, and how long it stood ready without getting a CPU.
 *
 * <p>From Linux's {@code /proc/self/task/<tid>/schedstat}: time on the CPU, time on a run queue, both nanoseconds, and
 * how often the thread was put on a CPU (see <a
 * href="https://docs.kernel.org/scheduler/sched-stats.html">sched-stats</a>). On other systems the times are unknown,
 * and the watch infers them from its own delays.
 *
 * @param cpu nanoseconds on a CPU
 * @param delay nanoseconds ready to run, but not running
 * @param runs how often it was put on a CPU; while a thread runs without a break the number stays the same
 */
public record ThreadTimes(long cpu, long delay, long runs) {

    private static final int MAX_BYTES = 128;

    /** Reads the times of one thread again and again, for less than {@link #of}. */
    public static final class Reader implements AutoCloseable {

        private final RandomAccessFile file;
        private final byte[] bytes = new byte[MAX_BYTES];

        private Reader(RandomAccessFile file) {
            this.file = file;
        }

        /** Null if there is no way to know. */
        public static @Nullable Reader of(long nativeId) {
            try {
                return nativeId == 0 ? null : new Reader(new RandomAccessFile(path(nativeId), "r"));
            } catch (IOException | RuntimeException notLinux) {
                return null;
            }
        }

        public @Nullable ThreadTimes read() {
            try {
                file.seek(0);
                return parse(bytes, file.read(bytes));
            } catch (IOException | RuntimeException gone) {
                return null;
            }
        }

        @Override
        public void close() {
            try {
                file.close();
            } catch (IOException e) {
                StallsightErrors.suppress(e);
            }
        }
    }

    /** The kernel's number of the current thread, 0 if there is no way to know. */
    public static long currentNativeId() {
        try {
            String link = Files.readSymbolicLink(Path.of("/proc/thread-self")).toString();
            return Long.parseLong(link.substring(link.lastIndexOf('/') + 1));
        } catch (IOException | RuntimeException notLinux) {
            return 0;
        }
    }

    /** The times of a thread of this process; null if they cannot be read. Reads a file of the kernel: 10 us. */
    public static @Nullable ThreadTimes of(long nativeId) {
        if (nativeId == 0) {
            return null;
        }
        try (FileInputStream in = new FileInputStream(path(nativeId))) {
            byte[] bytes = new byte[MAX_BYTES];
            return parse(bytes, in.read(bytes));
        } catch (IOException | RuntimeException gone) {
            return null;
        }
    }

    private static String path(long nativeId) {
        return "/proc/self/task/" + nativeId + "/schedstat";
    }

    private static ThreadTimes parse(byte[] bytes, int length) {
        String text = new String(bytes, 0, Math.max(length, 0), StandardCharsets.US_ASCII);
        int first = text.indexOf(' ');
        int second = text.indexOf(' ', first + 1);
        return new ThreadTimes(
                Long.parseLong(text.substring(0, first)),
                Long.parseLong(text.substring(first + 1, second)),
                Long.parseLong(text.substring(second + 1).trim()));
    }
}
