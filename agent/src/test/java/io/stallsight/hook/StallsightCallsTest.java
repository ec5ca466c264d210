package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallsight.hook.RecordingEngine.Report;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

/** Blocking calls: the outermost one is watched, and what ran inside gives the detail. */
class StallsightCallsTest extends HookFixture {

    @Test
    void enter_withoutAnEngine_isNotWatched() {
        StallsightAgent.detach();
        assertThat(enter(CALL)).isEqualTo(StallsightCalls.NOT_WATCHED);
    }

    @Test
    void enter_onAThreadThatMayBlock_isNotWatched() {
        engine.nonBlocking = thread -> false;
        StallsightAgent.reclassify();
        assertThat(enter(CALL)).isEqualTo(StallsightCalls.NOT_WATCHED);
        assertThat(engine.events).containsExactly("classify");
    }

    @Test
    void enter_onANonBlockingThread_isReportedAtItsExit() {
        Object self = new Object();
        Object subject = new Object();
        long before = System.nanoTime();
        StallsightSpan token = StallsightCalls.enter(CALL, self, subject);
        assertThat(token).isNotEqualTo(StallsightCalls.NOT_WATCHED);
        assertThat(engine.reports).isEmpty();
        StallsightCalls.exit(token);
        long most = System.nanoTime() - before;

        assertThat(engine.reports).hasSize(1);
        Report report = engine.reports.get(0);
        assertThat(report.point()).isEqualTo(CALL);
        assertThat(report.self()).isSameAs(self);
        assertThat(report.subject()).isSameAs(subject);
        assertThat(report.inner()).isZero();
        assertThat(report.nanos()).isBetween(0L, most);
        assertNothingInProgress();
    }

    @Test
    void innerCalls_areNotReportedOnTheirOwn() {
        StallsightSpan token = enter(CALL);
        call(OTHER_CALL);
        StallsightSpan inner = enter(OTHER_CALL);
        call(CALL);
        StallsightCalls.exit(inner);
        StallsightCalls.exit(token);
        assertThat(engine.reports).extracting(Report::point).containsExactly(CALL);
        assertNothingInProgress();
    }

    @Test
    void longestInnerCall_isTheDetail_whenItComesLast() {
        StallsightSpan token = enter(CALL);
        long before = System.nanoTime();
        StallsightCalls.exit(StallsightCalls.enter(OTHER_CALL, "short", "a"));
        long shortCall = System.nanoTime() - before;
        StallsightSpan inner = StallsightCalls.enter(CHANNEL_CALL, "long", "b");
        spin(2 * shortCall);
        StallsightCalls.exit(inner);
        StallsightCalls.exit(token);

        Report report = engine.reports.get(0);
        assertThat(report.inner()).isEqualTo(CHANNEL_CALL);
        assertThat(report.innerSelf()).isEqualTo("long");
        assertThat(report.innerSubject()).isEqualTo("b");
    }

    @Test
    void longestInnerCall_isTheDetail_whenItComesFirst() {
        long longCall = 1_000_000;
        long shortCall;
        do { // until the short call was not interrupted by the scheduler
            engine.reports.clear();
            longCall *= 2;
            StallsightSpan token = enter(CALL);
            StallsightSpan inner = StallsightCalls.enter(OTHER_CALL, "long", null);
            spin(longCall);
            StallsightCalls.exit(inner);
            long before = System.nanoTime();
            StallsightCalls.exit(StallsightCalls.enter(CHANNEL_CALL, "short", null));
            shortCall = System.nanoTime() - before;
            StallsightCalls.exit(token);
        } while (shortCall >= longCall);

        assertThat(engine.reports.get(0).inner()).isEqualTo(OTHER_CALL);
        assertThat(engine.reports.get(0).innerSelf()).isEqualTo("long");
    }

    @Test
    void detailOfOneCall_isNotThatOfTheNext() {
        StallsightSpan token = enter(CALL);
        StallsightCalls.exit(StallsightCalls.enter(OTHER_CALL, "self", "subject"));
        StallsightCalls.exit(token);
        call(CALL);
        assertThat(engine.reports).extracting(Report::inner).containsExactly(OTHER_CALL, 0);
        assertThat(engine.reports.get(1).innerSelf()).isNull();
        assertThat(engine.reports.get(1).innerSubject()).isNull();
    }

    @Test
    void channel_inNonBlockingMode_isNotWatched() throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            assertThat(StallsightCalls.enter(CHANNEL_CALL, channel, null)).isEqualTo(StallsightCalls.NOT_WATCHED);
            channel.configureBlocking(true);
            StallsightCalls.exit(StallsightCalls.enter(CHANNEL_CALL, channel, null));
        }
        assertThat(engine.reports).extracting(Report::point).containsExactly(CHANNEL_CALL);
    }

    @Test
    void nonBlockingChannel_isNoEvidence() throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            StallsightSpan token = enter(SCOPE);
            StallsightCalls.exit(StallsightCalls.enter(CHANNEL_CALL, channel, null));
            StallsightCalls.exit(token);
        }
        assertThat(engine.reports).isEmpty();
    }

    @Test
    void refusal_isThrownBeforeTheCall() {
        engine.refusal = new AssertionError("refused");
        assertThatThrownBy(() -> enter(CALL)).isSameAs(engine.refusal);
        assertNothingInProgress();
        assertThat(errors()).as("no error of the agent").isZero();
    }

    @Test
    void refusal_ofACheckedType_isThrownAsItIs() {
        engine.refusal = new Exception("refused");
        assertThatThrownBy(() -> enter(CALL)).isSameAs(engine.refusal);
    }

    @Test
    void call_afterARefusal_isWatched() {
        engine.refusal = new AssertionError("refused");
        assertThatThrownBy(() -> enter(CALL)).isSameAs(engine.refusal);
        engine.refusal = null;
        call(OTHER_CALL);
        assertThat(engine.reports).extracting(Report::point).containsExactly(OTHER_CALL);
    }

    @Test
    void pending_isPublishedByTheThreadItself() {
        StallsightHook.current().pending().set("monitor");
        call(CALL);
        assertThat(engine.events).containsOnlyOnce("publish monitor");

        StallsightHook.current().pending().set("another");
        StallsightLoops.idleExit(StallsightLoops.idleEnter(IDLE));
        assertThat(engine.events).containsOnlyOnce("publish another");
    }

    private static void spin(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start <= nanos) {
            Thread.onSpinWait();
        }
    }
}
