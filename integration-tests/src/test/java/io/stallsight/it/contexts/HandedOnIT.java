package io.stallsight.it.contexts;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;

/** Eight clients at once call a service whose handlers block a loop after they have returned, each in its own way. */
class HandedOnIT {

    /**
     * Of 48 for each way: on a busy machine, a sleep may be taken for one that was only long for lack of a CPU, and
     * some are unknown.
     */
    private static final int MIN_KNOWN = 46;

    /** Of 48: at first, one of them may be the only one. */
    private static final int MIN_UNKNOWN = 44;

    private static final String REPORTED = " reported ";
    private static final String UNKNOWN = "[]";

    @EachJdk
    void reactorNetty(Jdk jdk) {
        Outcome outcome = run(
                ForkedJvm.of(jdk, "app.contexts.HandedOn").recording(),
                ClassPath.programs()
                        .with(
                                "netty-",
                                "reactor-",
                                "reactive-streams",
                                "jspecify",
                                "rxjava",
                                "guava",
                                "failureaccess"));
        Map<String, List<String>> requests = requests(outcome);

        List.of(
                        "delayed",
                        "published",
                        "elastic",
                        "called",
                        "called-twice",
                        "executed",
                        "offloaded",
                        "promised",
                        "batched",
                        "batched-too",
                        "emitted",
                        "emitted-too",
                        "created",
                        "created-too",
                        "single",
                        "single-too",
                        "settable",
                        "settable-too",
                        "fetched")
                .forEach(way -> assertKnown(way, requests));
        List.of("cached", "cached-too").forEach(way -> assertNeverWrong(way, requests.getOrDefault(way, List.of())));
        // a worker of their queue may do the work of any of them: no name is right, once two of them have handed it
        // over
        List.of("shared", "shared-too")
                .forEach(way -> assertThat(requests.getOrDefault(way, List.of()))
                        .as(way)
                        .filteredOn(UNKNOWN::equals)
                        .hasSizeGreaterThanOrEqualTo(MIN_UNKNOWN));
        List<RecordedEvent> fanOuts =
                Recordings.events(Objects.requireNonNull(outcome.recording()), "stallsight.FanOut").stream()
                        .filter(each -> each.getString("site").contains("HandedOn.connect"))
                        .toList();
        assertThat(fanOuts).isNotEmpty().allSatisfy(each -> {
            assertThat(each.getString("request")).isEqualTo("GET /fan-out");
            assertThat(each.getBoolean("handedOn")).isTrue();
        });
    }

    @EachJdk
    void vertx(Jdk jdk) {
        Map<String, List<String>> requests = requests(run(
                ForkedJvm.of(jdk, "app.contexts.HandedOnByVertx"),
                ClassPath.programs().with("netty-", "vertx-core", "jackson-core")));

        List.of("timer", "client", "worker", "both").forEach(way -> assertKnown(way, requests));
    }

    private static Outcome run(ForkedJvm program, ClassPath classPath) {
        Outcome outcome = program.agent("threshold.blocking=2ms")
                .quietFramework()
                .classPath(classPath)
                .options("-Dreactor.netty.native=false")
                .run()
                .healthy();
        assertThat(outcome.stdout()).contains("end");
        return outcome;
    }

    /** Names of requests that the agent reported, by the route whose work blocked. */
    private static Map<String, List<String>> requests(Outcome outcome) {
        return outcome.stdout().stream()
                .filter(line -> line.contains(REPORTED))
                .collect(Collectors.groupingBy(
                        line -> line.substring(0, line.indexOf(REPORTED)),
                        Collectors.mapping(
                                line -> line.substring(line.indexOf(REPORTED) + REPORTED.length()),
                                Collectors.toList())));
    }

    private static void assertKnown(String way, Map<String, List<String>> requests) {
        List<String> all = requests.getOrDefault(way, List.of());
        assertNeverWrong(way, all);
        assertThat(all).as(way).filteredOn(name -> !name.equals(UNKNOWN)).hasSizeGreaterThanOrEqualTo(MIN_KNOWN);
    }

    private static void assertNeverWrong(String way, List<String> all) {
        assertThat(all)
                .as(way)
                .isNotEmpty()
                .allMatch(name -> name.equals(UNKNOWN) || name.equals("[GET /" + way + "]"));
    }
}
