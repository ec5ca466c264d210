package io.stallsight.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.Commands;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Jdks;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import io.stallsight.it.harness.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each row of the matrix is run once: cold start, ordinary traffic, the faults where they belong, the faults on the
 * loops, graceful end; and a reload before and after the faults, where the framework has it.
 *
 * <p>A build tests each row with one version: the lowest on the oldest JDK, the newest on the others, and each row on
 * one of two JDKs, except those that run on demand. System property {@code stallsight.matrix=all} tests every row with
 * both versions on every JDK, and {@code stallsight.matrix=<row>,<row>} does so for these rows; both test ordinary
 * traffic at threshold 0 as well. {@code stallsight.matrix.busy=<number>} lets so many threads compute meanwhile.
 */
class MatrixIT {

    private static final int REQUESTS = 800;

    /**
     * On a busy machine a thread may wait for a CPU for longer than it computes: that stall has no site. After the
     * first computation, the others last for longer than the second in which the agent sums up the lag of loops.
     */
    private static final int COMPUTATIONS = 6;

    private static final int LAG_TOLERANCE_MILLIS = 20;

    /** The clock of a recording differs by some milliseconds from that of another JVM. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMillis(100);

    private static final AtomicBoolean IS_OVER = new AtomicBoolean();

    /** A row, to be run with one version on one JDK. */
    record Run(Row row, List<String> version, Jdk jdk) {
        @Override
        public String toString() {
            return row.name() + " " + String.join(" ", version) + " on " + jdk;
        }
    }

    @BeforeAll
    static void makeTheMachineBusy() {
        for (int i = 0; i < Integer.getInteger("stallsight.matrix.busy", 0); i++) {
            Thread busy = new Thread(MatrixIT::compute, "busy-" + i);
            busy.setDaemon(true);
            busy.start();
        }
    }

    @AfterAll
    static void leaveTheMachineAlone() {
        IS_OVER.set(true);
    }

    private static void compute() {
        while (!IS_OVER.get()) {
            Thread.onSpinWait();
        }
    }

    static Stream<Run> runs() {
        String wanted = wanted();
        List<String> names = List.of(wanted.split(","));
        List<Run> runs = new ArrayList<>();
        List<Row> rows = Row.all();
        List<Row> inEachBuild =
                rows.stream().filter(row -> row.turn() == Row.Turn.EACH_BUILD).toList();
        for (Row row : rows) {
            for (Jdk jdk : Jdks.tested()) {
                if (jdk.feature() < row.fromJdk()) {
                    continue;
                }
                boolean isOldest = jdk.feature() == Math.max(17, row.fromJdk());
                if (wanted.equals("all") || names.contains(row.name())) {
                    runs.add(new Run(row, row.lowest(), jdk));
                    if (!row.newest().equals(row.lowest())) {
                        runs.add(new Run(row, row.newest(), jdk));
                    }
                } else if (wanted.isEmpty()
                        && inEachBuild.contains(row)
                        && isTurnOf(jdk, inEachBuild.indexOf(row), row)) {
                    runs.add(new Run(row, isOldest ? row.lowest() : row.newest(), jdk));
                }
            }
        }
        return runs.stream();
    }

    private static String wanted() {
        return System.getProperty("stallsight.matrix", "");
    }

    /** A row that runs on JDK 17 has its turn on every second JDK, so that two builds share the rows. */
    private static boolean isTurnOf(Jdk jdk, int index, Row row) {
        return row.fromJdk() > 17 || (jdk.feature() == 17) == (index % 2 == 0);
    }

    @Test
    void docsHaveEachRow() throws IOException {
        assertThat(Files.readString(Path.of("../docs/frameworks.md")).lines())
                .containsAll(Row.all().stream().map(Row::line).toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void service_isBlamedForItsFaultsOnly(Run run) {
        Row row = run.row();
        row.needs().forEach(Commands::assumeInstalled);
        Path project = row.build(run.jdk(), run.version());
        if (!wanted().isEmpty()) {
            expectNothingAtThresholdZero(run, project);
        }
        ForkedJvm fork = ForkedJvm.service(run.jdk(), project, row.launch())
                .quietFramework()
                .agent()
                .recording();
        Instant end;
        Instant faults;
        Duration longest;
        List<String> loops = new ArrayList<>();
        List<String> workers = new ArrayList<>();
        Outcome outcome;
        try (RunningJvm jvm = fork.start()) {
            Client client = new Client(jvm.awaitNumber(row.ready()));
            client.traffic(REQUESTS);
            reload(row, client);
            for (Fault fault : Fault.blocking()) {
                workers.add(client.get("/offloaded/" + fault.name()));
            }
            workers.add(client.get("/offloaded/" + Fault.CPU));
            client.traffic(REQUESTS);
            if (!row.crowd().isEmpty()) {
                client.get(row.crowd());
            }
            faults = Instant.now();
            LockSupport.parkNanos(CLOCK_TOLERANCE.toNanos());
            for (Fault fault : Fault.blocking()) {
                loops.add(client.get("/fault/" + fault.name()));
            }
            for (int i = 0; i < COMPUTATIONS; i++) {
                loops.add(client.get("/fault/" + Fault.CPU));
            }
            longest = client.longest();
            client.traffic(16);
            end = Instant.now();
            reload(row, client);
            client.traffic(16);
            jvm.terminate();
            outcome = jvm.awaitExit().withoutAgentError();
        }

        List<Report> all = Report.in(outcome.recording(), outcome.blockingCalls());
        List<Report> reports = all.stream().filter(Report::blames).toList();
        assertThat(workers)
                .as("the service offloads")
                .allMatch(thread -> thread.matches(row.offloaded()), row.offloaded());
        assertThat(reports)
                .as("in ordinary traffic")
                .noneMatch(each -> each.start().isBefore(faults));
        assertThat(reports).as("while it ends").noneMatch(each -> each.start().isAfter(end));
        assertThat(all).as("the agent itself").noneMatch(Report::namesTheAgent);
        assertThat(Recordings.events(outcome.recording(), "stallsight.ThreadPool"))
                .extracting(pool -> pool.getString("name"))
                .containsAll(row.pools());
        expectCrowd(outcome.recording(), row);
        ForkedJvm.commandLine(run.jdk(), "report", outcome.recording().toString(), "--to=" + faults)
                .run()
                .exited(0);
        if (row.loops().isEmpty()) {
            assertThat(reports).as("handlers may block").isEmpty();
        } else {
            assertThat(loops)
                    .as("the handlers' threads")
                    .allMatch(name -> name.replaceAll("\\d+", "#").matches(row.loops()));
            expectFaults(reports, row.loops());
            expectComputation(all, faults, row.loops());
            expectRequests(all, faults, row);
            expectLag(outcome.recording(), row.loops(), faults, longest);
        }
    }

    /** What the agent remembers of faults must not keep the classes that had them. */
    private static void reload(Row row, Client client) {
        if (!row.reload().isEmpty()) {
            assertThat(client.get(row.reload())).as("the old classes").isEqualTo("unloaded");
        }
    }

    /** Between start and end of ordinary traffic each call that blocks is reported, however short it is. */
    private static void expectNothingAtThresholdZero(Run run, Path project) {
        ForkedJvm fork = ForkedJvm.service(run.jdk(), project, run.row().launch())
                .quietFramework()
                .agent("threshold.blocking=0")
                .recording();
        Outcome outcome;
        try (RunningJvm jvm = fork.start()) {
            new Client(jvm.awaitNumber(run.row().ready())).traffic(REQUESTS);
            jvm.terminate();
            outcome = jvm.awaitExit().withoutAgentError();
        }
        List<Report> reports = Report.in(outcome.recording(), outcome.blockingCalls());
        assertThat(reports)
                .as("in ordinary traffic, at threshold 0")
                .filteredOn(Report::blames)
                .isEmpty();
    }

    /**
     * The computation's tick is seen whole, and no loop is later than the client noticed. A loop may lose its CPU after
     * an answer, for as long as it lost it before.
     */
    private static void expectLag(Path recording, String loops, Instant faults, Duration longest) {
        assertThat(Recordings.events(recording, "stallsight.LoopLag"))
                .filteredOn(lag -> lag.getString("loopGroup").matches(loops))
                .filteredOn(lag -> lag.getStartTime().isAfter(faults))
                .extracting(lag -> lag.getDuration("lagMax").toMillis())
                .as("lag, as the client measured it")
                .anyMatch(lag -> lag >= Fault.CPU_MILLIS - LAG_TOLERANCE_MILLIS)
                .allMatch(lag -> lag <= 2 * longest.toMillis());
    }

    private static void expectFaults(List<Report> reports, String loops) {
        for (Fault fault : Fault.blocking()) {
            assertThat(reports)
                    .as(fault.name())
                    .anyMatch(each -> each.event().equals("BlockingCall")
                            && each.kind().equals(fault.kind())
                            && each.site().equals(fault.site())
                            && each.group().matches(loops));
        }
        assertThat(reports).as("nothing else").allMatch(each -> each.site().startsWith(Fault.SITE));
    }

    /** Each call and each long tick is that of the request which had the fault. */
    private static void expectRequests(List<Report> all, Instant since, Row row) {
        if (!row.request().isEmpty()) {
            assertThat(all)
                    .as("requests")
                    .filteredOn(each -> each.start().isAfter(since))
                    .filteredOn(each -> each.event().equals("BlockingCall")
                            || each.event().equals("LoopStall") && each.site().startsWith(Fault.SITE + Fault.CPU))
                    .isNotEmpty()
                    .allMatch(each -> each.request().matches(row.request()), row.request());
        }
    }

    /** All that a pool has is in use, and others wait. */
    private static void expectCrowd(Path recording, Row row) {
        if (!row.crowd().isEmpty()) {
            for (String name : row.pools()) {
                assertThat(Recordings.events(recording, "stallsight.ThreadPool"))
                        .as("pools while there is a crowd")
                        .filteredOn(pool -> pool.getString("name").equals(name))
                        .anyMatch(pool -> pool.getLong("max") > 0
                                && pool.getLong("active") == pool.getLong("max")
                                && pool.getLong("queued") > 0);
            }
        }
    }

    /** On a machine that gave the computing thread no CPU for most of the time, nobody is to blame for the stall. */
    private static void expectComputation(List<Report> all, Instant since, String loops) {
        assertThat(all)
                .as(Fault.CPU)
                .filteredOn(
                        each -> each.event().equals("LoopStall") && each.start().isAfter(since))
                .filteredOn(each -> each.kind().equals("CPU") || each.kind().equals("NOT_SCHEDULED"))
                .hasSizeGreaterThanOrEqualTo(COMPUTATIONS / 2)
                .allMatch(each -> each.group().matches(loops))
                .allMatch(each -> each.site().isEmpty() || each.site().startsWith(Fault.SITE + Fault.CPU));
    }
}
