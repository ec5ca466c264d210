package io.stallsight.it.contexts;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Four contexts at once block the same loops, by every way to hand work over: each call has the right context. */
class HandOversIT {

    private static final List<String> WAYS = List.of(
            "executor",
            "executor, in time",
            "two pools",
            "pool with times",
            "new thread",
            "completable future",
            "delayed future",
            "parallel stream",
            "forked task",
            "Reactor",
            "Reactor's timer",
            "Reactor, elastic first",
            "coroutine",
            "coroutine, I/O first",
            "coroutine, delayed",
            "socket",
            "reactor-netty",
            "client's own loop",
            "Netty's connect",
            "Netty's client",
            "JDK",
            "timer");

    @EachJdk
    void call_isAttributedToTheContextOfItsWork(Jdk jdk) {
        // that class path has the native library of another version
        Outcome outcome = check(
                ForkedJvm.of(jdk, "app.contexts.HandOvers", "with Vert.x"),
                ClassPath.programs()
                        .with(
                                "netty-",
                                "reactor-",
                                "reactive-streams",
                                "jspecify",
                                "kotlin",
                                "vertx-core",
                                "jackson-core"),
                "-Dreactor.netty.native=false");
        assertThat(outcome.stdout())
                .filteredOn(line -> line.startsWith("Vert.x for "))
                .hasSize(300);
    }

    @EachJdk
    void call_onNativeTransports_isAttributedToTheContextOfItsWork(Jdk jdk) {
        Outcome outcome = check(
                ForkedJvm.of(jdk, "app.contexts.HandOvers"),
                ClassPath.programs()
                        .withLibs("netty-4.1-http", "reactor-netty-1.2")
                        .with("kotlin"));
        assertThat(outcome.stdout()).contains("native true");
    }

    private static Outcome check(ForkedJvm program, ClassPath classPath, String... options) {
        Outcome outcome = program.agent("threshold.blocking=0")
                .quietFramework()
                .classPath(classPath)
                .options(options)
                .run()
                .healthy();
        assertThat(outcome.stdout()).contains("end").noneMatch(line -> line.contains(" failed: "));
        Map<String, List<String>> byWay = outcome.stdout().stream()
                .filter(line -> line.contains(" reported "))
                .collect(Collectors.groupingBy(
                        line -> line.substring(0, line.indexOf(" for ")), TreeMap::new, Collectors.toList()));

        assertThat(byWay.keySet()).containsAll(WAYS).contains("no-context");
        if (outcome.jdk().feature() >= 21) {
            assertThat(byWay).containsKeys("virtual thread", "thread of a virtual thread");
        }
        byWay.forEach((way, lines) -> assertThat(lines)
                .as(way)
                .hasSizeGreaterThanOrEqualTo(way.equals("no-context") ? 1 : 12)
                .allMatch(line -> line.substring(line.indexOf(" for ") + 5, line.indexOf(" reported "))
                        .equals(line.substring(line.indexOf(" reported ") + " reported ".length()))));
        return outcome;
    }
}
