package io.stallsight.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the kernel of Linux counts of a process, see <a
 * href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>.
 *
 * @param cpuSeconds of all its threads, those that have ended included; in steps of 10 ms
 * @param switches how often a thread that exists has left its CPU
 */
record ProcessTimes(double cpuSeconds, long switches) {

    private static final double TICKS_A_SECOND = 100;
    private static final int UTIME = 11;
    private static final int CUTIME = 13;
    private static final Pattern SWITCHES = Pattern.compile("voluntary_ctxt_switches:\\s+(\\d+)");

    static ProcessTimes of(long pid) throws IOException {
        return new ProcessTimes(seconds(Path.of("/proc/" + pid + "/stat"), UTIME), switches(pid));
    }

    /** CPU seconds of all processes that this one has started and that have ended. */
    static double ofEndedChildren() throws IOException {
        return seconds(Path.of("/proc/self/stat"), CUTIME);
    }

    /** @param field the first of two, user and system time, counted from the one behind the name of the command */
    private static double seconds(Path stat, int field) throws IOException {
        String text = Files.readString(stat);
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[field]) + Long.parseLong(fields[field + 1])) / TICKS_A_SECOND;
    }

    private static long switches(long pid) throws IOException {
        long sum = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks) {
                try {
                    Matcher found = SWITCHES.matcher(Files.readString(task.resolve("status")));
                    while (found.find()) { // voluntary and nonvoluntary ones
                        sum += Long.parseLong(found.group(1));
                    }
                } catch (NoSuchFileException ended) {
                    // its switches are not counted any more
                }
            }
        }
        return sum;
    }
}
