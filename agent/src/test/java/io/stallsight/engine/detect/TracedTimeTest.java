package io.stallsight.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.engine.reflect.RequestReader;
import io.stallsight.hook.HookStates;
import io.stallsight.hook.StallsightAgent;
import io.stallsight.hook.StallsightHook;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightThread;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The trace of a tick is the one that was current for most of it, as far as the watching thread has seen that. */
class TracedTimeTest {

    private static final String A = "0af7651916cd43dd8448eb211c80319c";
    private static final String B = "4bf92f3577b34da6a3ce929d0e0e4736";

    /** What a tracer has on the current thread. */
    public static final class Tracer {

        private String trace = "";

        public String trace() {
            return trace;
        }

        public String span() {
            return "00f067aa0ba902b7";
        }
    }

    private final Tracer tracer = new Tracer();
    private final Detection detection = TestDetectors.detection(TestCatalogs.of("""
            {"traces": [{"class": "%s", "trace": "trace", "span": "span", "reason": "test"}]}
            """.formatted(Tracer.class.getName())));
    private final RequestReader requests = detection.requests();
    private final StallsightLoop loop = HookStates.loop();
    private StallsightThread state;
    private long now;

    @BeforeEach
    void beginTick() {
        detection.traces().found(tracer);
        StallsightAgent.attach(TestDetectors.of(TestCatalogs.of("{}")), new byte[2]);
        state = StallsightHook.current();
        now = System.nanoTime();
        HookStates.beginTick(loop, now);
        open(A);
    }

    @AfterEach
    void detach() {
        StallsightAgent.detach();
    }

    private void open(String trace) {
        TracedTime.add(state, loop, requests, now);
        HookStates.changeTrace(state);
        tracer.trace = trace;
    }

    /** Time goes by, at the beginning of which the watching thread looks. */
    private void work(int millis) {
        state.traced().look();
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private String traceOf(int millis) {
        return TracedTime.ofMost(loop, TimeUnit.MILLISECONDS.toNanos(millis)).traceId();
    }

    @Test
    void traceThatWasCurrentForMostOfTheTick_isKeptWhenItsScopeCloses() {
        work(120);
        open("");
        work(60);
        open(B);
        assertThat(traceOf(200)).isEqualTo(A);
        assertThat(traceOf(300)).as("of a longer tick").isEmpty();
    }

    @Test
    void traceThatWasCurrentForLess_isNotThatOfTheTick() {
        work(60);
        open(B);
        work(100);
        open("");
        assertThat(traceOf(160)).isEqualTo(B);
        assertThat(traceOf(400)).isEmpty();
    }

    @Test
    void timesOfOneTrace_addUp() {
        work(60);
        open(A);
        work(60);
        open("");
        assertThat(traceOf(300)).isEqualTo(A); // the watching thread's clock stands meanwhile: 60 and 120 ms
    }

    @Test
    void traceThatNobodySawInTheTick_isUnknown() {
        now += TimeUnit.MILLISECONDS.toNanos(200);
        open("");
        assertThat(traceOf(200)).isEmpty();
    }

    @Test
    void timeBeforeTheTick_doesNotCount() {
        work(200);
        HookStates.endTick(loop, now);
        HookStates.beginTick(loop, now);
        now += TimeUnit.MILLISECONDS.toNanos(3);
        open("");
        assertThat(traceOf(5)).isEmpty();
    }

    @Test
    void nextTick_hasNothingOfThis() {
        work(200);
        open("");
        HookStates.endTick(loop, now);
        assertThat(traceOf(200)).isEmpty();
    }
}
