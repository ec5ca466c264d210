package io.stallsight.bench;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.RunningJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What a request costs in CPU time while it keeps an event loop busy. One bare JVM, another one, and one with the agent
 * run at the same time, and a short slice of load goes to each in turn: so a machine that becomes slower makes all of
 * them slower. CPU time is that of the kernel for each thread, in nanoseconds. It does not grow while other processes
 * have the CPU, and it shows the loop, the threads of the agent and those of the compiler apart.
 */
final class RequestCost {

    private static final Duration SLICE = Duration.ofMillis(250);

    /** A service. */
    private record App(String title, String main, List<String> libraries, String loop) {}

    private static final List<App> APPS = List.of(
            new App("Vert.x", "app.cost.VertxHello", List.of("netty-", "vertx-", "jackson-core"), "vert.x-eventloo"),
            new App(
                    "Reactor Netty",
                    "app.cost.ReactorHello",
                    List.of("netty-", "reactor-", "reactive-streams", "jspecify"),
                    "hello-"));

    /** One JVM, and the nanoseconds of its threads for each request of a slice. */
    private static final class Jvm {
        final RunningJvm running;
        final String loopName;
        final InetSocketAddress address;
        final Samples loop = new Samples();
        final Samples agent = new Samples();
        final Samples all = new Samples();

        Jvm(RunningJvm running, App app) {
            this.running = running;
            this.loopName = app.loop;
            int port = Integer.parseInt(running.awaitLine("PORT ").replaceAll("\\D", ""));
            this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        }

        void warmUp(Duration duration) throws IOException {
            new Load(address).run(duration);
        }

        void measure() throws IOException {
            Load load = new Load(address);
            ThreadNanos before = ThreadNanos.of(running.pid());
            long answers = load.run(SLICE);
            ThreadNanos spent = ThreadNanos.of(running.pid()).minus(before);
            loop.add((double) spent.of(name -> name.startsWith(loopName)) / answers);
            agent.add((double) spent.of(name -> name.startsWith("stallsight")) / answers);
            all.add((double) spent.of(name -> !name.contains("Compiler")) / answers); // the compiler comes to an end
        }
    }

    private final BenchOptions options;
    private final Consumer<String> out;

    RequestCost(BenchOptions options, Consumer<String> out) {
        this.options = options;
        this.out = out;
    }

    void run(Jdk jdk) throws IOException {
        out.accept("");
        out.accept("| CPU of a request | bare, µs | bare again, ratio: median (quartiles) | Stallsight, ratio"
                + " | its loop alone, ratio | its own threads, of the bare CPU |");
        out.accept("|---|---:|---:|---:|---:|---:|");
        for (App app : APPS) {
            List<Jvm> jvms = new ArrayList<>();
            try {
                jvms.add(start(jdk, app, false));
                jvms.add(start(jdk, app, false));
                jvms.add(start(jdk, app, true));
                measure(jvms);
                print(app, jvms.get(0), jvms.get(1), jvms.get(2));
            } finally {
                jvms.forEach(jvm -> jvm.running.close());
            }
        }
    }

    private static Jvm start(Jdk jdk, App app, boolean withAgent) throws IOException {
        ForkedJvm jvm = ForkedJvm.of(jdk, app.main)
                .quietFramework()
                .options("-Xms256m", "-Xmx256m")
                .classPath(ClassPath.programs().with(app.libraries.toArray(String[]::new)));
        return new Jvm((withAgent ? jvm.agent() : jvm).start(), app);
    }

    private void measure(List<Jvm> jvms) throws IOException {
        for (int i = 0; i < 3; i++) {
            for (Jvm jvm : jvms) {
                jvm.warmUp(Duration.ofMillis(options.quick() ? 200 : 4_000));
            }
        }
        int slices = options.quick() ? 4 : 50 * options.rounds();
        for (int slice = 0; slice < slices; slice++) {
            for (int i = 0; i < jvms.size(); i++) {
                jvms.get((slice + i) % jvms.size()).measure();
            }
        }
    }

    private void print(App app, Jvm bare, Jvm control, Jvm agent) {
        out.accept("| " + app.title + " | " + format("%.1f", bare.all.median() / 1_000) + " | "
                + ratio(control.all, bare.all) + " | " + ratio(agent.all, bare.all) + " | "
                + ratio(agent.loop, bare.loop) + " | "
                + format("%.3f", agent.agent.median() / bare.all.median()) + " |");
    }

    private static String ratio(Samples of, Samples to) {
        Samples ratios = of.over(to);
        return format("%.3f", ratios.median()) + " (" + format("%.2f", ratios.quantile(0.25)) + "–"
                + format("%.2f", ratios.quantile(0.75)) + ")";
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
