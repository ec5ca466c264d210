package app.lab;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Stalls its event loops as stdin commands, one line at a time, and prints the truth:
 *
 * <ul>
 *   <li>{@code RUN <id> <loop> <cause> <millis>}: answers {@code NOW <id>} when the stall has begun, for causes that
 *       come from outside, and {@code TRUTH <id>|<thread>|<start>|<end>|<cpu>|<note>} after it, times in nanoseconds
 *       since 1970 and the CPU time of the loop's thread between them;
 *   <li>{@code BUSY <id> <loop> <busy millis> <idle millis> <rounds>}: answers with a {@code TRUTH} whose note is the
 *       busy times, {@code <start>-<end>} each;
 *   <li>{@code END}.
 * </ul>
 *
 * It prints {@code READY <loops>} when it accepts commands.
 */
public final class Lab {

    private Lab() {}

    public static void main(String[] args) throws Exception {
        Map<String, Loop> loops = Loops.open();
        Stalls stalls = new Stalls();
        for (Loop loop : loops.values()) {
            loop.run(() -> {});
        }
        System.out.println("READY " + String.join(" ", loops.keySet()));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null && !line.equals("END"); line = in.readLine()) {
            String[] words = line.split(" ");
            Loop loop = loops.get(words[2]);
            if (words[0].equals("BUSY")) {
                busy(words[1], loop, Long.parseLong(words[3]), Long.parseLong(words[4]), Integer.parseInt(words[5]));
            } else {
                stalls.run(words[1], loop, words[3], Long.parseLong(words[4]));
            }
        }
        System.out.println("DONE");
        System.exit(0);
    }

    private static void busy(String id, Loop loop, long busyMillis, long idleMillis, int rounds) throws Exception {
        long from = epochNanos();
        StringBuilder busy = new StringBuilder();
        long cpu = 0;
        for (int i = 0; i < rounds; i++) {
            Ran ran = loop.run(() -> Work.burn(TimeUnit.MILLISECONDS.toNanos(busyMillis)));
            busy.append(ran.start()).append('-').append(ran.end()).append(' ');
            cpu += ran.cpu();
            Thread.sleep(idleMillis);
        }
        truth(id, new Ran(loop.thread(), from, epochNanos(), cpu), busy.toString());
    }

    static void truth(String id, Ran ran, String note) {
        System.out.println("TRUTH " + id + "|" + ran.thread() + "|" + ran.start() + "|" + ran.end() + "|" + ran.cpu()
                + "|" + note);
    }

    static long epochNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** The times of one run on a loop: nanoseconds since 1970, and CPU time. */
    record Ran(String thread, long start, long end, long cpu) {}
}
