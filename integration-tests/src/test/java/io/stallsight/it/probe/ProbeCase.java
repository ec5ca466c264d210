package io.stallsight.it.probe;

import io.stallsight.it.harness.BlockingCall;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** One primitive of the probe, its expected report and the time of its run. */
record ProbeCase(
        String suite,
        String method,
        boolean blocks,
        List<String> kinds,
        String api,
        String detail,
        Duration shortest,
        Instant start,
        Instant end) {

    /** Reads a line of the probe, without its {@code CASE }. */
    static ProbeCase parse(String line) {
        String[] fields = line.split("\\|", -1);
        String[] name = fields[0].split("#");
        return new ProbeCase(
                name[0],
                name[1],
                fields[1].equals("blocks"),
                List.of(fields[2].split("/")),
                fields[3],
                fields[4],
                Duration.of(Long.parseLong(fields[5]), ChronoUnit.MICROS),
                Instant.parse(fields[6]),
                Instant.parse(fields[7]));
    }

    /**
     * Whether the call began while this primitive ran, given that clocks of JFR and of the probe may differ by
     * {@code slack}.
     */
    boolean contains(BlockingCall call, Duration slack) {
        return !call.start().isBefore(start.minus(slack)) && call.start().isBefore(end.plus(slack));
    }

    @Override
    public String toString() {
        return suite + "#" + method;
    }
}
