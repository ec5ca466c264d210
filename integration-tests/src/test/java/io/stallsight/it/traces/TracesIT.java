package io.stallsight.it.traces;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.OtlpCollector;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;

/**
 * Each blocking call and stall has the trace that its thread worked for, of two loops that block at the same time, also
 * if its scope is closed before the report.
 */
class TracesIT {

    /** Of 30: on a busy machine, a call may be taken for one that was only long for lack of a CPU. */
    private static final int MIN_REPORTED = 27;

    @EachJdk
    void openTelemetrysSdk(Jdk jdk) throws Exception {
        try (OtlpCollector collector = OtlpCollector.start()) {
            Outcome outcome = run(openTelemetry(jdk), "threshold.blocking=5ms", "otlp=" + collector.address());
            assertTraces(outcome);
            assertEvents(outcome);
            assertExemplars(outcome, collector.metric("stallsight.blocking.duration"));
        }
    }

    /** The histogram of the calls has some of them with their traces. */
    private static void assertExemplars(Outcome outcome, Metric durations) {
        List<Exemplar> exemplars = durations.getHistogram().getDataPointsList().stream()
                .filter(point -> point.getAttributesList().stream()
                        .anyMatch(label -> label.getValue().getStringValue().equals("orders-loop-#")))
                .flatMap(point -> point.getExemplarsList().stream())
                .toList();
        List<String> traces = Stream.of("TRACE ", "MONITOR ", "STALL ", "NEXT ")
                .flatMap(kind -> outcome.lines(kind).stream())
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
        assertThat(exemplars).isNotEmpty().allSatisfy(exemplar -> {
            assertThat(written(exemplar.getTraceId())).isIn(traces);
            assertThat(written(exemplar.getSpanId())).hasSize(16);
            assertThat(exemplar.getAsDouble()).isBetween(0.005, 1.0);
        });
    }

    @EachJdk
    void spansAreLeftAlone_ifTheirEventsAreOff(Jdk jdk) {
        Outcome outcome = run(openTelemetry(jdk), "threshold.blocking=5ms", "trace.events=off");
        assertTraces(outcome);
        assertThat(outcome.lines("EVENT ")).isEmpty();
    }

    private static ForkedJvm openTelemetry(Jdk jdk) {
        return ForkedJvm.of(jdk, "app.traces.OpenTelemetryTraces")
                .classPath(ClassPath.programs().with("opentelemetry-"));
    }

    @EachJdk
    void brave(Jdk jdk) {
        Outcome outcome = run(
                ForkedJvm.of(jdk, "app.traces.BraveTraces")
                        .classPath(ClassPath.programs().with("brave-")),
                "threshold.blocking=5ms");
        assertTraces(outcome);
        assertEvents(outcome);
    }

    /** OTLP writes ids in hexadecimal, where the parser takes all bytes for Base64. */
    private static String written(ByteString id) {
        return Base64.getEncoder().encodeToString(id.toByteArray());
    }

    private static Outcome run(ForkedJvm program, String... options) {
        return program.agent(options).recording().run().healthy();
    }

    @EachJdk
    void openTelemetrysAgent(Jdk jdk) {
        assertTraces(ForkedJvm.of(jdk, "app.traces.GlobalTraces")
                .quietFramework()
                .agent("threshold.blocking=5ms")
                .classPath(
                        ClassPath.programs().with("opentelemetry-api", "opentelemetry-context", "opentelemetry-common"))
                .options(
                        "-javaagent:" + new ClassPath(List.of()).withLibs("opentelemetry-javaagent"),
                        "-Dotel.metrics.exporter=none",
                        "-Dotel.traces.exporter=none",
                        "-Dotel.logs.exporter=none",
                        "-Dotel.javaagent.logging=simple")
                .recording()
                .run()
                .exited(0)
                .withoutAgentError());
    }

    /** The span of each reported call has one event, with its own text. */
    private static void assertEvents(Outcome outcome) {
        List<String> traces = reportedCalls(outcome).stream()
                .filter(call -> call.getThread().getJavaName().startsWith("orders-loop"))
                .map(call -> call.getString("traceId"))
                .filter(trace -> !trace.isEmpty())
                .toList();
        List<String> events = outcome.lines("EVENT ");
        assertThat(events)
                .extracting(event -> event.substring(0, event.indexOf(' ')))
                .containsExactlyInAnyOrderElementsOf(traces);
        assertThat(events)
                .allSatisfy(event -> assertThat(event)
                        .containsPattern(
                                " blocking call: (Thread.sleep on orders-loop-.* at app.traces.TracedWork.(traced|between|nap)"
                                        + "|synchronized on orders-loop-.* at app.traces.TracedWork.await)\\("));
    }

    private static List<RecordedEvent> reportedCalls(Outcome outcome) {
        return Recordings.events(Objects.requireNonNull(outcome.recording()), "stallsight.BlockingCall");
    }

    private static List<RecordedEvent> stalls(Outcome outcome) {
        return Recordings.events(Objects.requireNonNull(outcome.recording()), "stallsight.LoopStall").stream()
                .filter(stall -> !stall.getBoolean("ongoing"))
                .toList();
    }

    /** Of the events of a loop whose site is in one of these methods. */
    private static List<String> tracesOf(List<RecordedEvent> events, String loop, String... methods) {
        return events.stream()
                .filter(event -> nameOfThread(event).equals(loop))
                .filter(event -> Stream.of(methods)
                        .anyMatch(
                                method -> event.getString("site").startsWith("app.traces.TracedWork." + method + "(")))
                .map(event -> event.getString("traceId").isEmpty() ? "none" : event.getString("traceId"))
                .toList();
    }

    /** On a busy machine, the watching thread may come too late to prove a trace. */
    private static List<String> known(List<String> traces) {
        return traces.stream().filter(trace -> !trace.equals("none")).toList();
    }

    private static String nameOfThread(RecordedEvent event) {
        return event.hasField("name")
                ? event.getString("name") // a stall, which another thread reports
                : event.getThread().getJavaName();
    }

    private static void assertTraces(Outcome outcome) {
        List<RecordedEvent> calls = reportedCalls(outcome).stream()
                .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                .toList();
        for (String loop : List.of("orders-loop-1", "orders-loop-2")) {
            List<String> said = outcome.lines("TRACE " + loop + " ");
            List<String> recorded = tracesOf(calls, loop, "traced", "untraced");
            assertThat(said).hasSize(30);
            assertThat(said).as(outcome::describe).containsSubsequence(recorded);
            assertThat(recorded).as(outcome::describe).hasSizeGreaterThanOrEqualTo(MIN_REPORTED);
            assertThat(known(tracesOf(calls, loop, "await")))
                    .as(outcome::describe)
                    .isNotEmpty()
                    .isSubsetOf(outcome.lines("MONITOR " + loop + " "));
            assertThat(known(tracesOf(stalls(outcome), loop, "nap")))
                    .as(outcome::describe)
                    .isNotEmpty()
                    .isSubsetOf(outcome.lines("STALL " + loop + " "));
        }
        assertThat(calls)
                .allSatisfy(call -> assertThat(call.getString("spanId"))
                        .hasSize(call.getString("traceId").isEmpty() ? 0 : 16));
    }
}
