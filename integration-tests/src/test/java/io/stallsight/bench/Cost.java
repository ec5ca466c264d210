package io.stallsight.bench;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Jdks;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the agent costs while it has nothing to do or much to look at: the start of a program that prints a line, idle
 * loops and threads, threads that contend for a monitor, and a request ({@link RequestCost}). Bare and agent take
 * turns; idle ones run at the same time. The columns of a table are what the machine can show of itself: a bare JVM
 * beside a bare JVM.
 */
final class Cost {

    /** How a JVM is started. {@code CONTROL} is bare as well. */
    private enum Variant {
        BARE("bare"),
        CONTROL("bare again"),
        STALLSIGHT("Stallsight"),
        WITH_CACHE("Stallsight, `cache=auto`"),
        BLOCKHOUND("BlockHound");

        final String title;

        Variant(String title) {
            this.title = title;
        }

        ForkedJvm on(ForkedJvm jvm, String... options) {
            return switch (this) {
                case BARE, CONTROL -> jvm;
                case STALLSIGHT -> jvm.withoutCache().agent(options);
                case WITH_CACHE -> jvm.withoutCache().agent("cache=auto");
                case BLOCKHOUND -> jvm.options(Watcher.BLOCKHOUND.javaAgent("").toArray(String[]::new));
            };
        }
    }

    private record IdleCase(int loops, int workers) {
        @Override
        public String toString() {
            return loops
                    + (loops == 1 ? " loop" : " loops")
                    + (workers == 0 ? "" : ", " + workers + " watched threads");
        }
    }

    private static final List<IdleCase> IDLE =
            List.of(new IdleCase(1, 0), new IdleCase(64, 0), new IdleCase(1, 300), new IdleCase(64, 3_000));

    private static final List<Variant> PAIRED = List.of(Variant.BARE, Variant.CONTROL, Variant.STALLSIGHT);

    private final BenchOptions options;
    private final List<String> lines = new ArrayList<>();

    Cost(BenchOptions options) {
        this.options = options;
    }

    void run() throws IOException, InterruptedException {
        for (Jdk jdk : Jdks.found()) {
            print("");
            print("### " + jdk);
            if (options.wants("start")) {
                start(jdk);
            }
            if (options.wants("idle")) {
                idle(jdk);
            }
            if (options.wants("contend")) {
                contend(jdk);
            }
            if (options.wants("request")) {
                new RequestCost(options, this::print).run(jdk);
            }
        }
        Files.createDirectories(options.output());
        Files.write(options.output().resolve("cost.md"), lines);
    }

    private void start(Jdk jdk) throws IOException {
        int rounds = options.quick() ? 2 : 10 * options.rounds();
        Map<Variant, Samples> wall = new EnumMap<>(Variant.class);
        Map<Variant, Samples> cpu = new EnumMap<>(Variant.class);
        for (int round = -2; round < rounds; round++) {
            for (Variant variant : Variant.values()) {
                double before = ProcessTimes.ofEndedChildren();
                long started = System.nanoTime();
                variant.on(ForkedJvm.of(jdk, "app.lifecycle.Hello")).run().exited(0);
                if (round >= 0) { // the first ones fill the page cache and the agent's cache
                    add(wall, variant, (System.nanoTime() - started) / 1e9);
                    add(cpu, variant, ProcessTimes.ofEndedChildren() - before);
                }
            }
        }
        print("");
        print("| start of a program that prints a line, " + rounds
                + " rounds | seconds: median (min–max) | CPU seconds: median (min–max) |");
        print("|---|---:|---:|");
        for (Variant variant : Variant.values()) {
            print("| " + variant.title + " | " + spread(wall, variant, 1, "%.2f") + " | "
                    + spread(cpu, variant, 1, "%.2f") + " |");
        }
    }

    private void idle(Jdk jdk) throws IOException, InterruptedException {
        print("");
        print("| idle | " + String.join(" | ", titles("% of a core, ")) + " | "
                + String.join(" | ", titles("switches a second, ")) + " |");
        print("|---|---:|---:|---:|---:|---:|---:|");
        for (IdleCase each : IDLE) {
            Map<Variant, Samples> cpu = new EnumMap<>(Variant.class);
            Map<Variant, Samples> switches = new EnumMap<>(Variant.class);
            for (int round = 0; round < options.rounds(); round++) {
                idle(jdk, each, cpu, switches);
            }
            StringBuilder row = new StringBuilder("| " + each);
            for (Variant variant : PAIRED) {
                row.append(" | ").append(spread(cpu, variant, 100, "%.2f"));
            }
            for (Variant variant : PAIRED) {
                row.append(" | ").append(spread(switches, variant, 1, "%.0f"));
            }
            print(row + " |");
        }
    }

    /** All variants at the same time: they do not disturb each other, and a busy machine disturbs all of them. */
    private void idle(Jdk jdk, IdleCase of, Map<Variant, Samples> cpu, Map<Variant, Samples> switches)
            throws IOException, InterruptedException {
        Map<Variant, RunningJvm> running = new EnumMap<>(Variant.class);
        try {
            for (Variant variant : PAIRED) {
                ForkedJvm jvm = ForkedJvm.of(
                                jdk, "app.cost.IdleLoops", Integer.toString(of.loops), Integer.toString(of.workers))
                        .quietFramework()
                        .classPath(ClassPath.programs().with("netty-", "jspecify"));
                running.put(variant, variant.on(jvm, "threads=pool-*").start());
            }
            running.values().forEach(jvm -> jvm.awaitLine("READY"));
            TimeUnit.SECONDS.sleep(options.quick() ? 3 : 30); // the start is over, and what the compiler makes of it
            Map<Variant, ProcessTimes> before = times(running);
            long start = System.nanoTime();
            TimeUnit.SECONDS.sleep(options.quick() ? 3 : 30);
            Map<Variant, ProcessTimes> after = times(running);
            double seconds = (System.nanoTime() - start) / 1e9;
            for (Variant variant : PAIRED) {
                ProcessTimes from = before.get(variant);
                ProcessTimes to = after.get(variant);
                add(cpu, variant, (to.cpuSeconds() - from.cpuSeconds()) / seconds);
                add(switches, variant, (to.switches() - from.switches()) / seconds);
            }
        } finally {
            running.values().forEach(RunningJvm::close);
        }
    }

    private static Map<Variant, ProcessTimes> times(Map<Variant, RunningJvm> running) throws IOException {
        Map<Variant, ProcessTimes> times = new EnumMap<>(Variant.class);
        for (Map.Entry<Variant, RunningJvm> each : running.entrySet()) {
            times.put(each.getKey(), ProcessTimes.of(each.getValue().pid()));
        }
        return times;
    }

    private void contend(Jdk jdk) {
        print("");
        print("| threads that contend for a monitor | bare again, ratio | Stallsight, ratio: median (min–max) |");
        print("|---:|---:|---:|");
        for (int threads : List.of(8, 64, 1_000)) {
            Map<Variant, Samples> ratios = new EnumMap<>(Variant.class);
            for (int round = 0; round < 2 * options.rounds(); round++) {
                double bare = rounds(jdk, Variant.BARE, threads);
                add(ratios, Variant.CONTROL, rounds(jdk, Variant.CONTROL, threads) / bare);
                add(ratios, Variant.STALLSIGHT, rounds(jdk, Variant.STALLSIGHT, threads) / bare);
            }
            print("| " + threads + " | " + spread(ratios, Variant.CONTROL, 1, "%.3f") + " | "
                    + spread(ratios, Variant.STALLSIGHT, 1, "%.3f") + " |");
        }
    }

    private double rounds(Jdk jdk, Variant variant, int threads) {
        int seconds = options.quick() ? 2 : 10;
        Outcome outcome = variant.on(
                        ForkedJvm.of(jdk, "app.cost.Contend", Integer.toString(threads), Integer.toString(seconds)),
                        "threads=contend-*")
                .run()
                .exited(0);
        return Double.parseDouble(outcome.lines("ROUNDS ").get(0));
    }

    private static List<String> titles(String of) {
        return PAIRED.stream().map(variant -> of + variant.title).toList();
    }

    private static void add(Map<Variant, Samples> to, Variant variant, double value) {
        to.computeIfAbsent(variant, first -> new Samples()).add(value);
    }

    private void print(String line) {
        System.out.println(line);
        lines.add(line);
    }

    private static String spread(Map<Variant, Samples> all, Variant variant, double scale, String format) {
        Samples samples = all.get(variant);
        return format(format, samples.median() * scale) + " (" + format(format, samples.min() * scale) + "–"
                + format(format, samples.max() * scale) + ")";
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
