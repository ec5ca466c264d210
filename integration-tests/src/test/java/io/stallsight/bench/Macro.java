package io.stallsight.bench;

import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The agent's cost for the demo service: the throughput of {@code /hello} at full load as a ratio, and the time to the
 * first answer.
 *
 * <p>Throughput: two services run at the same time. The load goes to one and then to the other, in the order A B B A,
 * and each pair of neighbouring slices gives one ratio. A signal stops the service without load meanwhile. Where
 * {@code taskset} exists, the services share one CPU and the generator has another. Two JVMs with the same arguments
 * differ too, so the benchmark measures several pairs; a pair without any agent shows how much they differ.
 */
final class Macro {

    private final BenchOptions options;
    private final List<String> lines = new ArrayList<>();

    Macro(BenchOptions options) {
        this.options = options;
    }

    void run() throws IOException {
        for (Jdk jdk : Jdks.found()) {
            print("");
            print("### " + jdk);
            if (options.wants("throughput")) {
                throughput(jdk);
            }
            if (options.wants("startup")) {
                startUp(jdk);
            }
        }
        Files.createDirectories(options.output());
        Files.write(options.output().resolve("macro.md"), lines);
    }

    private void throughput(Jdk jdk) throws IOException {
        print("");
        print(
                "| pair of JVMs | requests/s without | with | throughput ratio: median (min–max of pairs) | CPU per request, ratio |");
        print("|---|---|---|---|---|");
        Samples ratios = new Samples();
        Samples cpuRatios = new Samples();
        for (int round = 1; round <= options.rounds(); round++) {
            compare(jdk, Watcher.STALLSIGHT, round, ratios, cpuRatios);
        }
        print("| **all** | | | **" + spread(ratios, "%.3f") + "** | **" + spread(cpuRatios, "%.3f") + "** |");
        compare(jdk, Watcher.NONE, 1, new Samples(), new Samples());
    }

    private void compare(Jdk jdk, Watcher watcher, int round, Samples allRatios, Samples allCpuRatios)
            throws IOException {
        Duration warmUp = Duration.ofSeconds(options.quick() ? 2 : 20);
        int pairs = options.quick() ? 4 : 20;
        boolean watcherFirst = round % 2 == 0;
        try (Service first = start(jdk, watcherFirst ? watcher : Watcher.NONE);
                Service second = start(jdk, watcherFirst ? Watcher.NONE : watcher)) {
            Slices without = new Slices(watcherFirst ? second : first);
            Slices with = new Slices(watcherFirst ? first : second);
            second.freeze();
            new Load(first.address()).run(warmUp);
            first.freeze();
            second.thaw();
            new Load(second.address()).run(warmUp);
            second.freeze();
            Samples ratios = new Samples();
            Samples cpuRatios = new Samples();
            for (int pair = 0; pair < pairs; pair++) {
                if (pair % 2 == 0) {
                    without.measure();
                    with.measure();
                } else {
                    with.measure();
                    without.measure();
                }
                ratios.add(with.rate.last() / without.rate.last());
                cpuRatios.add(with.cpuPerRequest.last() / without.cpuPerRequest.last());
                allRatios.add(ratios.last());
                allCpuRatios.add(cpuRatios.last());
            }
            print("| " + (watcher == Watcher.NONE ? "control: both without" : Integer.toString(round)) + " | "
                    + format("%.0f", without.rate.median()) + " | " + format("%.0f", with.rate.median()) + " | "
                    + spread(ratios, "%.3f") + " | " + spread(cpuRatios, "%.3f") + " |");
        }
    }

    private Service start(Jdk jdk, Watcher watcher) throws IOException {
        return Service.start(jdk, watcher, options.service(), Cpus.forService());
    }

    /** The answers of one service, slice by slice. Between two slices it is stopped. */
    private static final class Slices {

        private static final Duration SETTLE = Duration.ofMillis(300);
        private static final Duration SLICE = Duration.ofSeconds(2);

        final Samples rate = new Samples();
        final Samples cpuPerRequest = new Samples();
        private final Service service;

        Slices(Service service) {
            this.service = service;
        }

        void measure() throws IOException {
            service.thaw();
            Load load = new Load(service.address());
            load.run(SETTLE);
            long cpu = service.cpu().toNanos();
            long start = System.nanoTime();
            long answers = load.run(SLICE);
            long nanos = System.nanoTime() - start;
            cpu = service.cpu().toNanos() - cpu;
            service.freeze();
            rate.add(answers * 1e9 / nanos);
            cpuPerRequest.add((double) cpu / answers);
        }
    }

    private void startUp(Jdk jdk) throws IOException {
        Map<Watcher, StartUps> startUps = new EnumMap<>(Watcher.class);
        Watcher[] order = Watcher.values();
        int rounds = options.quick() ? 1 : 2 * options.rounds() + 1;
        for (int round = 0; round <= rounds; round++) {
            for (int i = 0; i < order.length; i++) {
                Watcher watcher = order[(i + round) % order.length];
                try (Service service = Service.start(jdk, watcher, options.service(), Cpus.all())) {
                    if (round > 0) { // the first one fills the page cache
                        startUps.computeIfAbsent(watcher, first -> new StartUps())
                                .add(service);
                    }
                }
            }
        }
        StartUps bare = startUps.get(Watcher.NONE);
        print("");
        print("| start-up, " + rounds
                + " rounds | seconds: median (min–max) | added | CPU seconds: median (min–max) | added |");
        print("|---|---|---|---|---|");
        for (Watcher watcher : order) {
            StartUps these = startUps.get(watcher);
            print("| " + watcher.title + " | " + spread(these.seconds, "%.2f") + " | "
                    + format("%.2f", these.seconds.median() - bare.seconds.median()) + " | "
                    + spread(these.cpuSeconds, "%.2f") + " | "
                    + format("%.2f", these.cpuSeconds.median() - bare.cpuSeconds.median()) + " |");
        }
    }

    private static final class StartUps {

        final Samples seconds = new Samples();
        final Samples cpuSeconds = new Samples();

        void add(Service service) {
            seconds.add(service.startUp().toNanos() / 1e9);
            cpuSeconds.add(service.startUpCpu().toNanos() / 1e9);
        }
    }

    private void print(String line) {
        System.out.println(line);
        lines.add(line);
    }

    private static String spread(Samples samples, String format) {
        return format(format, samples.median()) + " (" + format(format, samples.min()) + "–"
                + format(format, samples.max()) + ")";
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
