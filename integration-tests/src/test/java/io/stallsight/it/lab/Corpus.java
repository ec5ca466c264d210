package io.stallsight.it.lab;

import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Jdks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Every cause many times, in random order and of random length, on each JDK; prints a table of the agent's reports. */
public final class Corpus {

    /** Each cause must be right in this share of its stalls. */
    private static final double MIN_RIGHT_SHARE = 0.95;

    private static final long MIN_MILLIS = 150;
    private static final long MAX_EXTRA_MILLIS = 400;

    private Corpus() {}

    /** Returns false if a cause was wrong too often, or if the agent blamed an innocent application. */
    public static boolean run(int each, List<String> only, Path output) throws IOException, InterruptedException {
        boolean good = true;
        StringBuilder report = new StringBuilder();
        for (Jdk jdk : Jdks.found()) {
            Confusion confusion = new Confusion();
            long seed = System.nanoTime();
            Verdicts verdicts = run(jdk, each, only, seed);
            verdicts.all().forEach(confusion::add);
            report.append("\n").append(jdk).append(", seed ").append(seed).append("\n\n");
            report.append(confusion.markdown()).append('\n');
            confusion
                    .wrong()
                    .forEach(verdict -> report.append("wrong: ").append(verdict).append('\n'));
            report.append("application blamed for GC or scheduling: ")
                    .append(confusion.blamed())
                    .append('\n');
            verdicts.notInjected()
                    .forEach(truth ->
                            report.append("did not come true: ").append(truth).append('\n'));
            verdicts.others()
                    .forEach(stall -> report.append("besides: ").append(stall).append('\n'));
            good &= confusion.blamed() == 0;
            for (Injected injected : Injected.values()) {
                good &= confusion.share(injected) >= MIN_RIGHT_SHARE;
            }
        }
        System.out.println(report);
        Files.createDirectories(output);
        Files.writeString(output.resolve("lab.md"), report, StandardCharsets.UTF_8);
        return good;
    }

    private static Verdicts run(Jdk jdk, int each, List<String> only, long seed) throws InterruptedException {
        Random random = new Random(seed);
        String collector = jdk.feature() < 21 ? "-XX:+UseSerialGC" : "-XX:+UseG1GC";
        Duration deadline = Duration.ofMinutes(2).plusSeconds((long) each * Injected.values().length * 2);
        try (LabJvm lab = LabJvm.start(jdk, collector, deadline)) {
            List<Injected> plan = new ArrayList<>();
            for (Injected injected : Injected.values()) {
                if (lab.can(injected) && (only.isEmpty() || only.contains(injected.name()))) {
                    plan.addAll(Collections.nCopies(each, injected));
                }
            }
            Collections.shuffle(plan, random);
            for (Injected injected : plan) {
                String loop = lab.loops().get(random.nextInt(lab.loops().size()));
                lab.inject(injected, loop, MIN_MILLIS + (long) (random.nextDouble() * MAX_EXTRA_MILLIS));
            }
            return lab.end();
        }
    }
}
