package io.stallsight.bench;

import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Cost of one hooked call: each {@link Situation} without an agent, under Stallsight and under BlockHound, on each JDK.
 *
 * <p>Every number comes from several JVMs. A round runs the whole set once, one JVM directly after the other. So a
 * machine that becomes slower for a while makes all of them slower.
 */
final class Micro {

    private static final String CHECK = "check";
    private static final String TICK = "tick";
    private static final String REQUEST = "request";
    private static final String PERMIT = "permit";
    private static final String SIGNAL = "signal";
    private static final String PARK = "park";
    private static final List<String> CALLS = List.of(PARK, "randomAccessRead", "streamWrite");

    private final BenchOptions options;
    private final List<String> calls;
    private final Map<Cell, Samples> nanos = new HashMap<>();
    private final Map<Cell, Samples> bytes = new HashMap<>();

    /** One number of the table. Without an agent there is no situation: the bare call is the same everywhere. */
    private record Cell(Jdk jdk, String call, Watcher watcher, Situation situation) {}

    Micro(BenchOptions options) {
        this.options = options;
        this.calls = CALLS.stream().filter(options::wants).toList();
    }

    void run() throws IOException, RunnerException {
        List<Cell> cells = cells();
        for (int round = 1; round <= options.rounds(); round++) {
            for (int i = 0; i < cells.size(); i++) {
                Cell cell = cells.get(i);
                measure(cell);
                System.out.printf(
                        Locale.ROOT,
                        "round %d/%d  %3d/%d  %s  %-16s %-10s %-48s %8.1f ns%n",
                        round,
                        options.rounds(),
                        i + 1,
                        cells.size(),
                        cell.jdk,
                        cell.call,
                        cell.watcher.title,
                        cell.watcher == Watcher.NONE ? "" : cell.situation.title,
                        nanos.get(cell).last());
            }
            Files.createDirectories(options.output());
            Files.write(options.output().resolve("micro.md"), table());
        }
        table().forEach(System.out::println);
    }

    private List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Jdk jdk : Jdks.found()) {
            cells.add(new Cell(jdk, CHECK, Watcher.NONE, Situation.MAY_BLOCK));
            cells.add(new Cell(jdk, CHECK, Watcher.STALLSIGHT, Situation.MAY_BLOCK));
            if (options.wants(TICK)) {
                cells.add(new Cell(jdk, TICK, Watcher.NONE, Situation.MAY_BLOCK));
                cells.add(new Cell(jdk, TICK, Watcher.STALLSIGHT, Situation.MAY_BLOCK));
            }
            if (options.wants(REQUEST)) {
                cells.add(new Cell(jdk, REQUEST, Watcher.NONE, Situation.MAY_BLOCK));
                cells.add(new Cell(jdk, REQUEST, Watcher.STALLSIGHT, Situation.MAY_BLOCK));
                cells.add(new Cell(jdk, REQUEST, Watcher.STALLSIGHT, Situation.BELOW_THRESHOLD));
            }
            if (options.wants(PERMIT)) {
                cells.add(new Cell(jdk, PERMIT, Watcher.NONE, Situation.MAY_BLOCK));
                cells.add(new Cell(jdk, PERMIT, Watcher.STALLSIGHT, Situation.MAY_BLOCK));
                cells.add(new Cell(jdk, SIGNAL, Watcher.STALLSIGHT, Situation.MAY_BLOCK));
            }
            for (String call : calls) {
                cells.add(new Cell(jdk, call, Watcher.NONE, Situation.MAY_BLOCK));
                for (Situation situation : situations(call)) {
                    for (Watcher watcher : List.of(Watcher.STALLSIGHT, Watcher.BLOCKHOUND)) {
                        if (situation.measuredAs(watcher) == situation) {
                            cells.add(new Cell(jdk, call, watcher, situation));
                        }
                    }
                }
            }
        }
        return cells;
    }

    /** Stallsight never reports a park that finds its permit: it did not block. */
    private static List<Situation> situations(String call) {
        return call.equals(PARK)
                ? List.of(Situation.MAY_BLOCK, Situation.BELOW_THRESHOLD)
                : List.of(Situation.values());
    }

    private void measure(Cell cell) throws RunnerException {
        OptionsBuilder builder = new OptionsBuilder();
        builder.include("\\." + HookedCallBenchmark.class.getSimpleName() + "\\." + cell.call + "$")
                .jvm(cell.jdk.java().toString())
                .jvmArgs(jvmArguments(cell).toArray(new String[0]))
                .forks(1)
                .warmupIterations(options.quick() ? 2 : 5)
                .warmupTime(TimeValue.milliseconds(options.quick() ? 200 : 1000))
                .measurementIterations(options.quick() ? 2 : 5)
                .measurementTime(TimeValue.milliseconds(options.quick() ? 200 : 500))
                .addProfiler(WorkerCpuTime.class)
                .addProfiler(GCProfiler.class)
                .addProfiler(QuietForks.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        RunResult result = new Runner(builder.build()).runSingle();
        nanos.computeIfAbsent(cell, first -> new Samples()).add(secondary(result, WorkerCpuTime.LABEL));
        bytes.computeIfAbsent(cell, first -> new Samples()).add(secondary(result, "gc.alloc.rate.norm"));
        verify(cell);
    }

    /** A report allocates; a call without a report does not. */
    private void verify(Cell cell) {
        if (cell.watcher == Watcher.STALLSIGHT
                && cell.situation == Situation.REPORTED
                && bytes.get(cell).last() < 100) {
            throw new IllegalStateException("Stallsight did not report " + cell);
        }
    }

    /** The median of the iterations: a disturbed iteration does not count. */
    private static double secondary(RunResult result, String label) {
        return result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(label))
                .mapToDouble(entry -> entry.getValue().getStatistics().getPercentile(50))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no " + label + " in " + result.getSecondaryResults().keySet()));
    }

    private static List<String> jvmArguments(Cell cell) {
        List<String> arguments = new ArrayList<>(List.of("-Xms512m", "-Xmx512m"));
        if (cell.watcher == Watcher.STALLSIGHT) {
            arguments.addAll(cell.watcher.javaAgent(cell.situation.stallsightOptions()));
        } else if (cell.watcher == Watcher.BLOCKHOUND) {
            arguments.add(Watcher.BLOCKHOUND_FLAG);
            if (cell.jdk.feature() >= 21) {
                arguments.add("-XX:+EnableDynamicAgentLoading");
            }
        }
        arguments.add("-D" + HookedCallBenchmark.WATCHER + "=" + cell.watcher);
        arguments.add("-D" + HookedCallBenchmark.SITUATION + "=" + cell.situation);
        return arguments;
    }

    private List<String> table() {
        List<String> lines = new ArrayList<>();
        for (Jdk jdk : Jdks.found()) {
            lines.add("");
            lines.add("### " + jdk);
            lines.add("");
            lines.add("The check itself (`LockSupport.parkNanos(0)`): "
                    + number(nanos.get(new Cell(jdk, CHECK, Watcher.NONE, Situation.MAY_BLOCK))) + " ns bare, "
                    + number(nanos.get(new Cell(jdk, CHECK, Watcher.STALLSIGHT, Situation.MAY_BLOCK)))
                    + " ns with Stallsight.");
            if (options.wants(TICK)) {
                lines.add("One tick of an NIO loop (`wakeup` and `select`): "
                        + number(nanos.get(new Cell(jdk, TICK, Watcher.NONE, Situation.MAY_BLOCK))) + " ns bare, "
                        + number(nanos.get(new Cell(jdk, TICK, Watcher.STALLSIGHT, Situation.MAY_BLOCK)))
                        + " ns with Stallsight, "
                        + Math.round(bytes.get(new Cell(jdk, TICK, Watcher.STALLSIGHT, Situation.MAY_BLOCK))
                                .median())
                        + " bytes.");
            }
            if (options.wants(REQUEST)) {
                Cell served = new Cell(jdk, REQUEST, Watcher.STALLSIGHT, Situation.BELOW_THRESHOLD);
                lines.add("One request of a server on Netty that does nothing: "
                        + number(nanos.get(new Cell(jdk, REQUEST, Watcher.NONE, Situation.MAY_BLOCK))) + " ns bare, "
                        + number(nanos.get(served)) + " ns with Stallsight on a loop, "
                        + Math.round(bytes.get(served).median()) + " bytes; "
                        + number(nanos.get(new Cell(jdk, REQUEST, Watcher.STALLSIGHT, Situation.MAY_BLOCK)))
                        + " ns on a thread that may block.");
            }
            if (options.wants(PERMIT)) {
                Cell followed = new Cell(jdk, PERMIT, Watcher.STALLSIGHT, Situation.MAY_BLOCK);
                lines.add("One acquire and release of a semaphore that has permits: "
                        + number(nanos.get(new Cell(jdk, PERMIT, Watcher.NONE, Situation.MAY_BLOCK))) + " ns bare, "
                        + number(nanos.get(followed)) + " ns with Stallsight, "
                        + Math.round(bytes.get(followed).median()) + " bytes; "
                        + number(nanos.get(new Cell(jdk, SIGNAL, Watcher.STALLSIGHT, Situation.MAY_BLOCK)))
                        + " ns if the semaphore is not followed.");
            }
            lines.add("");
            lines.add("| | call | bare, ns | Stallsight, ns | added | bytes | BlockHound, ns | added | bytes |");
            lines.add("|---|---|---|---|---|---|---|---|---|");
            for (Situation situation : Situation.values()) {
                for (String call : calls) {
                    if (situations(call).contains(situation)) {
                        lines.add(row(jdk, call, situation));
                    }
                }
            }
        }
        return lines;
    }

    private String row(Jdk jdk, String call, Situation situation) {
        Samples bare = nanos.get(cell(jdk, call, Watcher.NONE, situation));
        StringBuilder row = new StringBuilder("| " + situation.title + " | `" + call + "` | " + number(bare) + " |");
        for (Watcher watcher : List.of(Watcher.STALLSIGHT, Watcher.BLOCKHOUND)) {
            Cell cell = cell(jdk, call, watcher, situation);
            Samples found = nanos.get(cell);
            row.append(" " + number(found) + " | " + format(found.median() - bare.median()) + " | "
                    + Math.round(bytes.get(cell).median()) + " |");
        }
        return row.toString();
    }

    private static Cell cell(Jdk jdk, String call, Watcher watcher, Situation situation) {
        return new Cell(jdk, call, watcher, situation.measuredAs(watcher));
    }

    private static String number(Samples samples) {
        return format(samples.median()) + " (" + format(samples.min()) + "–" + format(samples.max()) + ")";
    }

    private static String format(double value) {
        return String.format(Locale.ROOT, value < 1000 ? "%.1f" : "%.0f", value);
    }
}
