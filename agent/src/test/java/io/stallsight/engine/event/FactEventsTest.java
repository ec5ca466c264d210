package io.stallsight.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.stallsight.api.Kind;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Cause;
import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.fact.Histogram;
import io.stallsight.engine.fact.InFlight;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolKind;
import io.stallsight.engine.fact.PoolObstacle;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.fact.RequestCount;
import io.stallsight.engine.fact.SelfDeadlock;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.fact.Victim;
import io.stallsight.engine.fact.Victims;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A component that a fact gains has to be written into its event and read back: this test gives every component a value
 * of its own and finds out by itself that there is another one.
 */
class FactEventsTest {

    /** Numbers of tests inside of the JVM, which mean nothing in a recording. */
    private static final Set<String> NOT_RECORDED = Set.of("context");

    /** An event has the time of its commit, or a start and duration in ticks of JFR's clock. */
    private static final Set<String> TIMES = Set.of("time", "start", "nanos");

    private static final long MAX_TIME_ERROR = 2_000_000_000L;
    private static final long DURATION = 50_000_000;

    @TempDir
    private Path folder;

    private final FactRecorder recorder = new FactRecorder(id -> Thread.currentThread());
    private Recording recording;

    @BeforeEach
    void record() {
        recording = new Recording();
        recorder.register();
        FactEvents.codecs().forEach(codec -> recording.enable(codec.event()));
        recording.start();
    }

    @AfterEach
    void end() {
        recording.close();
        recorder.unregister();
    }

    static Stream<FactEvents.Codec<?, ?>> kinds() {
        return FactEvents.codecs().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void fact_isReadAsItWasWritten(FactEvents.Codec<?, ?> kind) throws Exception {
        Fact written = withDistinctValues(kind.fact());

        recorder.observed(written);

        Fact read = read(kind.name());
        for (RecordComponent component : kind.fact().getRecordComponents()) {
            Object expected = component.getAccessor().invoke(written);
            Object actual = component.getAccessor().invoke(read);
            if (component.getName().equals("nanos")) {
                assertThat((Long) actual).as("nanos").isCloseTo(DURATION, withinPercentage(1));
            } else if (TIMES.contains(component.getName())) {
                assertThat((Long) actual)
                        .as(component.getName())
                        .isCloseTo(System.currentTimeMillis() * 1_000_000, within(MAX_TIME_ERROR));
            } else if (!NOT_RECORDED.contains(component.getName())) {
                assertThat(actual).as(component.getName()).isEqualTo(expected);
            }
        }
    }

    @Test
    void callBelowItsFrames_isReadAsItWasWritten_withTheStackOfItsThread() throws Exception {
        BlockingCall written = call();
        CallRecorder calls = CallRecorder.register();
        recording.enable(CallRecorder.BELOW_CALL);

        CallEvent event = calls.belowCall("abc", written);
        assertThat(event).isNotNull();
        event.commit();

        BlockingCall read = (BlockingCall) read(CallEvent.NAME);
        calls.unregister();
        assertThat(read.stack()).anyMatch(frame -> frame.getClassName().equals(FactEventsTest.class.getName()));
        assertThat(read.threadName()).isEqualTo(Thread.currentThread().getName());
        assertSameCall(read, written);
    }

    @Test
    void callReportedFromElsewhere_isReadAsItWasWritten() throws Exception {
        BlockingCall written = call();
        CallRecorder calls = CallRecorder.register();
        recording.enable(CallRecorder.ELSEWHERE);

        CallEvent event = calls.elsewhere("abc", written);
        assertThat(event).isNotNull();
        event.commit();

        BlockingCall read = (BlockingCall) read(CallEvent.NAME);
        calls.unregister();
        assertThat(read.stack()).isEqualTo(written.stack());
        assertThat(read.threadName()).isEqualTo(written.threadName());
        assertSameCall(read, written);
    }

    private static BlockingCall call() {
        return new BlockingCall(
                Kind.JDBC,
                "PreparedStatement.executeQuery",
                "socket read",
                System.nanoTime() - 2 * DURATION,
                DURATION,
                "loop-1",
                "loop-#",
                List.of(frame(1), frame(2)),
                frame(2),
                null,
                new Request("GET /orders/{id}", "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", true),
                0);
    }

    private static void assertSameCall(BlockingCall read, BlockingCall written) {
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("start", "nanos", "threadName", "stack")
                .isEqualTo(written);
        assertThat(read.nanos()).isCloseTo(DURATION, withinPercentage(1));
    }

    private Fact read(String event) throws IOException {
        recording.stop();
        Path file = folder.resolve("facts.jfr");
        recording.dump(file);
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        assertThat(events).extracting(each -> each.getEventType().getName()).containsExactly(event);
        Function<RecordedEvent, ? extends Fact> reader = FactEvents.readers().get(event);
        return reader.apply(events.get(0));
    }

    private static Fact withDistinctValues(Class<? extends Fact> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = value(components[i], i + 1);
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Constructor<? extends Fact> constructor = type.getDeclaredConstructor(types);
        return constructor.newInstance(values);
    }

    /** A value that no other component has, except for flags. */
    private static Object value(RecordComponent component, int number) {
        if (component.getName().equals("threadId")
                && component.getDeclaringRecord().getSimpleName().equals("Pinned")) {
            return (long) number;
        }
        if (component.getType() == Request.class
                && component.getDeclaringRecord().getSimpleName().equals("SelfDeadlock")) {
            return Request.UNKNOWN.handedOnBy("GET /" + number); // only the thread itself knows its trace
        }
        switch (component.getName()) {
            case "time", "start":
                return System.nanoTime() - DURATION;
            case "nanos":
                return DURATION;
            case "threadId":
                return Thread.currentThread().getId();
            default:
                return value(component.getGenericType(), number);
        }
    }

    private static Object value(Type type, int number) {
        if (type == Request.class) {
            return new Request("GET /" + number, "trace" + number, "span" + number, true);
        }
        if (type == InFlight.class) {
            return new InFlight(10 * number, 10 * number + 1, 10 * number + 2, 10 * number + 3, 10 * number + 4);
        }
        if (type == FanOut.Operation.class) {
            return FanOut.Operation.REQUEST;
        }
        if (type == long.class) {
            return 1_000L + number;
        }
        if (type == int.class) {
            return 2_000 + number;
        }
        if (type == double.class) {
            return 0.25 + number;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == String.class) {
            return "text " + number;
        }
        if (type == SelfDeadlock.Certainty.class) {
            return SelfDeadlock.Certainty.WITHDRAWN;
        }
        if (type == Cause.class) {
            return Cause.NATIVE;
        }
        if (type == Histogram.class) {
            return Histogram.EMPTY; // an event has quantiles
        }
        if (type == Victims.class) {
            return new Victims(List.of(new Victim("GET /" + number, number + 2, number, 7L * number)), Histogram.EMPTY);
        }
        if (type == PoolKind.class) {
            return PoolKind.CONNECTIONS;
        }
        if (type == PoolObstacle.class) {
            return PoolObstacle.COMPUTING;
        }
        if (type == StackTraceElement.class) {
            return frame(number);
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return split(number);
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return list(generic.getActualTypeArguments()[0], number);
        }
        throw new IllegalArgumentException("no value for " + type);
    }

    private static StackTraceElement frame(int number) {
        return new StackTraceElement("com.acme.Orders", "find" + number, "Orders.java", number);
    }

    private static Map<Cause, Long> split(int number) {
        Map<Cause, Long> split = new EnumMap<>(Cause.class);
        for (Cause cause : Cause.values()) {
            split.put(cause, 1_000_000L * number + cause.ordinal());
        }
        return split;
    }

    private static List<?> list(Type of, int number) {
        if (of == RequestCount.class) {
            return List.of(new RequestCount("GET /" + number, number), new RequestCount("GET /other", 1));
        }
        if (of == String.class) {
            return List.of("one" + number, "other" + number);
        }
        if (of == StackTraceElement.class) {
            return List.of(frame(number), frame(number + 100), new StackTraceElement("Main", "run", null, -1));
        }
        if (of == Stall.Seen.class) {
            return List.of(
                    new Stall.Seen(number, List.of(frame(number), frame(number + 1))),
                    new Stall.Seen(1, List.of(frame(number + 2))));
        }
        if (of == PoolExhaustion.Site.class) {
            return List.of(
                    new PoolExhaustion.Site(47, frame(number), "2 of 3 in x, held by a <- b", List.of(frame(number))),
                    new PoolExhaustion.Site(3, null, "computing", List.of(frame(number + 1), frame(number + 2))));
        }
        throw new IllegalArgumentException("no list of " + of);
    }
}
