package io.stallsight.it.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.lab.Verdicts.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import org.assertj.core.api.SoftAssertions;

/**
 * Compares the agent's reports with stalls of known causes, on the loops of Netty, Reactor and Vert.x. {@link Corpus}
 * does so more often.
 */
class StallCausesIT {

    private static final long SEED = 42;
    private static final long MIN_MILLIS = 180;
    private static final int MAX_EXTRA_MILLIS = 150;

    @EachJdk
    void everyCause_onEveryLoop_isReportedWithItsAmountsAndItsSite(Jdk jdk) throws Exception {
        Random random = new Random(SEED);
        List<Injected> plan = new ArrayList<>();
        Verdicts verdicts;
        try (LabJvm lab = LabJvm.start(jdk, collector(jdk), Duration.ofMinutes(4))) {
            Arrays.stream(Injected.values()).filter(lab::can).forEach(plan::add);
            for (String loop : lab.loops()) {
                Collections.shuffle(plan, random);
                for (Injected injected : plan) {
                    lab.inject(injected, loop, MIN_MILLIS + random.nextInt(MAX_EXTRA_MILLIS));
                }
            }
            verdicts = lab.end();
        }
        Confusion confusion = new Confusion();
        verdicts.all().forEach(confusion::add);
        System.out.println(jdk + "\n" + confusion.markdown());

        SoftAssertions softly = new SoftAssertions();
        for (Injected injected : plan) {
            // other work of the machine may be the larger part of one of them
            softly.assertThat(confusion.wrong(injected))
                    .as("%s, wrong: %s", injected, confusion.wrong())
                    .isLessThanOrEqualTo(1);
        }
        for (Verdict verdict : verdicts.all()) {
            softly.assertThat(Confusion.isBlamed(verdict))
                    .as("application blamed: %s", verdict)
                    .isFalse();
            if (verdict.isRight()) {
                checkAmounts(softly, verdict);
            }
        }
        softly.assertAll();
    }

    private static void checkAmounts(SoftAssertions softly, Verdict verdict) {
        Truth truth = verdict.truth();
        LoopStall reported = verdict.reported().orElseThrow();
        if (!truth.injected().isApplicationInnocent() && truth.injected() != Injected.SMALL_TASKS) {
            softly.assertThat(reported.site()).as("site of %s", verdict).startsWith("app.lab.");
        }
        switch (truth.injected()) {
            case SLEEP ->
                softly.assertThat((double) Math.abs(reported.nanos() - truth.nanos()))
                        .as("duration of %s", verdict)
                        .isLessThanOrEqualTo(Math.max(0.2 * truth.nanos(), TimeUnit.MILLISECONDS.toNanos(15)));
            case SYNCHRONIZED, LOCK -> {
                softly.assertThat(reported.lockOwner())
                        .as("owner of %s", verdict)
                        .isEqualTo(truth.note());
                softly.assertThat(reported.lockOwnerSite())
                        .as("where the owner of %s was", verdict)
                        .startsWith("app.lab.");
            }
            case MIXED -> {
                softly.assertThat(reported.blocked())
                        .as("sleep in %s", verdict)
                        .isCloseTo(Long.parseLong(truth.note()), withinPercentage(30));
                softly.assertThat(reported.cpu())
                        .as("CPU time in %s", verdict)
                        .isCloseTo(truth.cpu(), withinPercentage(30));
            }
            default -> {}
        }
    }

    @EachJdk
    void stuckBusyAndIdleLoops_haveTrueSamplesEverySecond(Jdk jdk) throws Exception {
        Truth stuck;
        Truth busy;
        String idle;
        long idleFrom = LoopStall.epochNanos(Instant.now());
        Verdicts verdicts;
        try (LabJvm lab = LabJvm.start(jdk, collector(jdk), Duration.ofMinutes(2))) {
            idle = lab.inject(Injected.SLEEP, lab.loops().get(1), 1).thread();
            idleFrom = LoopStall.epochNanos(Instant.now());
            stuck = lab.inject(Injected.SLEEP, lab.loops().get(0), 3_300);
            busy = lab.busy(lab.loops().get(0), 10, 10, 150);
            Thread.sleep(1_500); // the interval in which the loop became idle must end
            verdicts = lab.end();
        }
        long idleTo = LoopStall.epochNanos(Instant.now());

        LoopStall reported = verdicts.of(stuck).reported().orElseThrow();
        List<Long> ongoing = verdicts.stalls().stream()
                .filter(stall -> stall.ongoing() && stall.id() == reported.id())
                .map(LoopStall::nanos)
                .toList();
        assertThat(ongoing).as("lengths while it went on").hasSize(3);
        for (int i = 0; i < ongoing.size(); i++) {
            assertThat(ongoing.get(i))
                    .isBetween(TimeUnit.SECONDS.toNanos(i + 1), TimeUnit.SECONDS.toNanos(i + 1) + reported.nanos() / 4);
        }
        assertThat(verdicts.stalls())
                .filteredOn(LoopStall::ongoing)
                .allMatch(stall ->
                        stall.cause().equals("BLOCKING_CALL") && stall.site().startsWith("app.lab.Stalls.sleep"))
                .as("named as its finding will be")
                .allMatch(stall -> stall.api().equals("Thread.sleep"));

        List<Duration> runningFor = verdicts.lags(stuck.thread(), stuck.start(), stuck.end()).stream()
                .map(lag -> lag.getDuration("runningFor"))
                .toList();
        assertThat(runningFor).hasSizeGreaterThanOrEqualTo(2).isSorted().doesNotContain(Duration.ZERO);
        RecordedEvent after = verdicts.lags(stuck.thread(), stuck.end(), stuck.end() + TimeUnit.SECONDS.toNanos(10))
                .get(0);
        assertThat(after.getDuration("lagMax")).isGreaterThanOrEqualTo(Duration.ofMillis(2_900));

        long second = TimeUnit.MILLISECONDS.toNanos(1_100);
        List<RecordedEvent> half = verdicts.lags(busy.thread(), busy.start(), busy.end());
        assertThat(half).hasSizeGreaterThanOrEqualTo(2);
        for (int i = 1; i < half.size(); i++) {
            double share = busyShare(busy, half.get(i - 1), half.get(i));
            assertThat(half.get(i).getDouble("utilization")).isBetween(share - 0.1, share + 0.1);
        }

        long idleSince = idleFrom; // a busy machine may turn the work before that into a stall
        assertThat(verdicts.stalls()).noneMatch(stall -> stall.thread().equals(idle) && stall.start() >= idleSince);
        assertThat(verdicts.lags(idle, idleFrom + second, idleTo))
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(lag -> {
                    assertThat(lag.getDouble("utilization")).isLessThan(0.05);
                    assertThat(lag.getDuration("lagP50")).isLessThan(Duration.ofMillis(5));
                    assertThat(lag.getDuration("runningFor")).isZero();
                });
    }

    /**
     * The share of the time between two events in which the loop was really busy: half of it, unless the machine is
     * busy.
     */
    private static double busyShare(Truth busy, RecordedEvent first, RecordedEvent second) {
        long from = LoopStall.epochNanos(first.getStartTime());
        long to = LoopStall.epochNanos(second.getStartTime());
        long sum = 0;
        for (String time : busy.note().trim().split(" ")) {
            String[] edges = time.split("-");
            sum += Math.max(0, Math.min(to, Long.parseLong(edges[1])) - Math.max(from, Long.parseLong(edges[0])));
        }
        return (double) sum / (to - from);
    }

    private static String collector(Jdk jdk) {
        return jdk.feature() < 21 ? "-XX:+UseSerialGC" : "-XX:+UseG1GC";
    }
}
