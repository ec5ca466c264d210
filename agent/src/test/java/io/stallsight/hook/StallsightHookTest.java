package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallsight.hook.RecordingEngine.Report;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What woven code may rely on. Each test plays the woven methods of one thread. */
class StallsightHookTest {

    private static final int CALL = 1;
    private static final int OTHER_CALL = 2;
    private static final int SCOPE = 3;
    private static final int CHANNEL_CALL = 4;
    private static final int IDLE = 5;
    private static final int LOOP = 6;
    private static final int SCOPE_REFUSED_INSIDE = 7;
    private static final int SELECT = 8;

    private static final byte[] FLAGS = {
        0,
        0,
        0,
        StallsightPoints.SCOPE,
        StallsightPoints.IF_BLOCKING_MODE,
        0,
        StallsightPoints.LOOP,
        StallsightPoints.SCOPE | StallsightPoints.REFUSE_INSIDE,
        0
    };

    private final RecordingEngine handler = new RecordingEngine();
    private long errorsBefore;

    @BeforeEach
    void install() {
        errorsBefore = StallsightErrors.suppressed();
        StallsightAgent.attach(handler, FLAGS);
    }

    @AfterEach
    void uninstall() {
        StallsightAgent.detach();
    }

    private long errors() {
        return StallsightErrors.suppressed() - errorsBefore;
    }

    private static long enter(int point) {
        return StallsightHook.enter(point, null, null);
    }

    /** A woven method that does nothing. */
    private static void call(int point) {
        StallsightHook.exit(enter(point));
    }

    private void assertNothingInProgress() {
        StallsightThread state = StallsightThread.current();
        assertThat(state.call.point).isZero();
        assertThat(state.call.self).isNull();
        assertThat(state.call.subject).isNull();
        assertThat(state.call.inner).isZero();
        assertThat(state.call.innerSelf).isNull();
        assertThat(state.guard).isZero();
        assertThat(state.idle).isZero();
    }

    // ---- who is watched

    @Test
    void enter_withoutAnEngine_isNotWatched() {
        StallsightAgent.detach();
        assertThat(enter(CALL)).isEqualTo(StallsightHook.NOT_WATCHED);
    }

    @Test
    void enter_onAThreadThatMayBlock_isNotWatched() {
        handler.nonBlocking = thread -> false;
        StallsightAgent.reclassify();
        assertThat(enter(CALL)).isEqualTo(StallsightHook.NOT_WATCHED);
        assertThat(handler.events).containsExactly("classify");
    }

    @Test
    void enter_onANonBlockingThread_isReportedAtItsExit() {
        Object self = new Object();
        Object subject = new Object();
        long before = System.nanoTime();
        long token = StallsightHook.enter(CALL, self, subject);
        assertThat(token).isNotEqualTo(StallsightHook.NOT_WATCHED);
        assertThat(handler.reports).isEmpty();
        StallsightHook.exit(token);
        long most = System.nanoTime() - before;

        assertThat(handler.reports).hasSize(1);
        Report report = handler.reports.get(0);
        assertThat(report.point()).isEqualTo(CALL);
        assertThat(report.self()).isSameAs(self);
        assertThat(report.subject()).isSameAs(subject);
        assertThat(report.inner()).isZero();
        assertThat(report.nanos()).isBetween(0L, most);
        assertNothingInProgress();
    }

    @Test
    void thread_isClassifiedOnce() {
        call(CALL);
        call(CALL);
        assertThat(handler.events).filteredOn("classify"::equals).hasSize(1);
    }

    @Test
    void thread_thatWasRenamed_isClassifiedAgain() {
        String name = Thread.currentThread().getName();
        handler.nonBlocking = thread -> thread.getName().equals("loop-1");
        try {
            assertThat(enter(CALL)).isEqualTo(StallsightHook.NOT_WATCHED);
            Thread.currentThread().setName("loop-1");
            call(CALL);
            assertThat(handler.reports).hasSize(1);
            Thread.currentThread().setName("worker-1");
            call(CALL);
            assertThat(handler.reports).hasSize(1);
        } finally {
            Thread.currentThread().setName(name);
        }
    }

    @Test
    void thread_thatIsRenamedDuringACall_isReportedStill() {
        String name = Thread.currentThread().getName();
        try {
            long token = enter(CALL);
            Thread.currentThread().setName("another");
            call(OTHER_CALL);
            StallsightHook.exit(token);
        } finally {
            Thread.currentThread().setName(name);
        }
        assertThat(handler.reports).extracting(Report::point).containsExactly(CALL);
    }

    @Test
    void dynamicThread_isAskedAtEachCall() {
        StallsightThread.current().dynamic = true;
        assertThat(enter(CALL)).as("the handler says that it may block now").isEqualTo(StallsightHook.NOT_WATCHED);
        assertThat(handler.events).contains("nonBlockingNow");
        assertNothingInProgress();
    }

    /** A worker that runs blocking tasks too, such as one of Dispatchers.IO, may wait in a selector then. */
    @Test
    void dynamicThread_isAskedAtEachSelect() {
        StallsightThread.current().dynamic = true;
        long token = StallsightHook.selectEnter(SELECT, new Object(), -1);
        assertThat(token).isEqualTo(StallsightHook.NOT_WATCHED);
        assertThat(handler.events).contains("nonBlockingNow");
    }

    // ---- one call is one report

    @Test
    void innerCalls_areNotReportedOnTheirOwn() {
        long token = enter(CALL);
        call(OTHER_CALL);
        long inner = enter(OTHER_CALL);
        call(CALL);
        StallsightHook.exit(inner);
        StallsightHook.exit(token);
        assertThat(handler.reports).extracting(Report::point).containsExactly(CALL);
        assertNothingInProgress();
    }

    @Test
    void longestInnerCall_isTheDetail_whenItComesLast() {
        long token = enter(CALL);
        long before = System.nanoTime();
        StallsightHook.exit(StallsightHook.enter(OTHER_CALL, "short", "a"));
        long shortCall = System.nanoTime() - before;
        long inner = StallsightHook.enter(CHANNEL_CALL, "long", "b");
        spin(2 * shortCall);
        StallsightHook.exit(inner);
        StallsightHook.exit(token);

        Report report = handler.reports.get(0);
        assertThat(report.inner()).isEqualTo(CHANNEL_CALL);
        assertThat(report.innerSelf()).isEqualTo("long");
        assertThat(report.innerSubject()).isEqualTo("b");
    }

    @Test
    void longestInnerCall_isTheDetail_whenItComesFirst() {
        long longCall = 1_000_000;
        long shortCall;
        do { // until the short call was not interrupted by the scheduler
            handler.reports.clear();
            longCall *= 2;
            long token = enter(CALL);
            long inner = StallsightHook.enter(OTHER_CALL, "long", null);
            spin(longCall);
            StallsightHook.exit(inner);
            long before = System.nanoTime();
            StallsightHook.exit(StallsightHook.enter(CHANNEL_CALL, "short", null));
            shortCall = System.nanoTime() - before;
            StallsightHook.exit(token);
        } while (shortCall >= longCall);

        assertThat(handler.reports.get(0).inner()).isEqualTo(OTHER_CALL);
        assertThat(handler.reports.get(0).innerSelf()).isEqualTo("long");
    }

    @Test
    void detailOfOneCall_isNotThatOfTheNext() {
        long token = enter(CALL);
        StallsightHook.exit(StallsightHook.enter(OTHER_CALL, "self", "subject"));
        StallsightHook.exit(token);
        call(CALL);
        assertThat(handler.reports).extracting(Report::inner).containsExactly(OTHER_CALL, 0);
        assertThat(handler.reports.get(1).innerSelf()).isNull();
        assertThat(handler.reports.get(1).innerSubject()).isNull();
    }

    private static void spin(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start <= nanos) {
            Thread.onSpinWait();
        }
    }

    // ---- scopes

    @Test
    void scope_withoutABlockingCallInside_isNotReported() {
        call(SCOPE);
        assertThat(handler.reports).isEmpty();
        assertNothingInProgress();
    }

    @Test
    void scope_withBlockingCallsInside_isReportedOnce() {
        long token = enter(SCOPE);
        call(CALL);
        call(CALL);
        StallsightHook.exit(token);
        assertThat(handler.reports).hasSize(1);
        assertThat(handler.reports.get(0).point()).isEqualTo(SCOPE);
        assertThat(handler.reports.get(0).inner()).isEqualTo(CALL);
    }

    @Test
    void scope_withinAScope_isNoBlockingCall() {
        long token = enter(SCOPE);
        call(SCOPE_REFUSED_INSIDE);
        StallsightHook.exit(token);
        assertThat(handler.reports).isEmpty();
    }

    @Test
    void scope_withABlockingCallInAScopeInside_isReportedOnce() {
        long token = enter(SCOPE);
        long inside = enter(SCOPE);
        call(CALL);
        StallsightHook.exit(inside);
        StallsightHook.exit(token);
        assertThat(handler.reports).extracting(Report::point).containsExactly(SCOPE);
    }

    @Test
    void evidence_ofOneScope_isNotThatOfTheNext() {
        long token = enter(SCOPE);
        call(CALL);
        StallsightHook.exit(token);
        call(SCOPE);
        assertThat(handler.reports).hasSize(1);
    }

    // ---- what is no blocking call

    @Test
    void channel_inNonBlockingMode_isNotWatched() throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            assertThat(StallsightHook.enter(CHANNEL_CALL, channel, null)).isEqualTo(StallsightHook.NOT_WATCHED);
            channel.configureBlocking(true);
            StallsightHook.exit(StallsightHook.enter(CHANNEL_CALL, channel, null));
        }
        assertThat(handler.reports).extracting(Report::point).containsExactly(CHANNEL_CALL);
    }

    @Test
    void nonBlockingChannel_isNoEvidence() throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            long token = enter(SCOPE);
            StallsightHook.exit(StallsightHook.enter(CHANNEL_CALL, channel, null));
            StallsightHook.exit(token);
        }
        assertThat(handler.reports).isEmpty();
    }

    @Test
    void call_atAnIdlePoint_isNotWatched() {
        boolean idle = StallsightHook.idleEnter(IDLE);
        assertThat(idle).isTrue();
        assertThat(enter(CALL)).isEqualTo(StallsightHook.NOT_WATCHED);
        StallsightHook.idleExit(idle);
        call(CALL);
        assertThat(handler.reports).hasSize(1);
        assertNothingInProgress();
    }

    @Test
    void idlePoints_nest() {
        boolean outer = StallsightHook.idleEnter(IDLE);
        boolean inner = StallsightHook.idleEnter(LOOP);
        StallsightHook.idleExit(inner);
        assertThat(enter(CALL)).isEqualTo(StallsightHook.NOT_WATCHED);
        StallsightHook.idleExit(outer);
        assertThat(enter(CALL)).isNotEqualTo(StallsightHook.NOT_WATCHED);
    }

    @Test
    void idlePoint_ofAThreadThatMayBlock_isOfNoInterest() {
        handler.nonBlocking = thread -> false;
        StallsightAgent.reclassify();
        assertThat(StallsightHook.idleEnter(IDLE)).isFalse();
    }

    @Test
    void loopsIdlePoint_makesTheThreadALoop() {
        handler.nonBlocking = thread -> false;
        StallsightAgent.reclassify();
        StallsightHook.idleExit(StallsightHook.idleEnter(LOOP));
        assertThat(handler.events).contains("loopSeen " + LOOP);
        call(CALL);
        assertThat(handler.reports).hasSize(1);
    }

    @Test
    void loopsIdlePoint_ofAnExcludedThread_isOfNoInterest() {
        handler.nonBlocking = thread -> false;
        StallsightAgent.reclassify();
        StallsightThread.current().excluded = true;
        assertThat(StallsightHook.idleEnter(LOOP)).isFalse();
        assertThat(handler.events).doesNotContain("loopSeen " + LOOP);
    }

    @Test
    void selectNow_isNotWatched() {
        assertThat(StallsightHook.selectEnter(SELECT, new Object(), 0)).isEqualTo(StallsightHook.NOT_WATCHED);
        assertThat(handler.events).doesNotContain("selecting");
    }

    @Test
    void select_insideOfACall_isItsDetail() {
        Object selector = new Object();
        long token = enter(SCOPE);
        StallsightHook.selectExit(StallsightHook.selectEnter(SELECT, selector, -1), selector);
        StallsightHook.exit(token);
        assertThat(handler.reports).hasSize(1);
        assertThat(handler.reports.get(0).inner()).isEqualTo(SELECT);
        assertThat(handler.reports.get(0).innerSelf()).isSameAs(selector);
        assertThat(handler.events).doesNotContain("selecting", "selected");
    }

    @Test
    void workOfTheAgent_isNotWatched() {
        StallsightThread work = StallsightHook.beginAgentWork();
        assertThat(enter(CALL)).isEqualTo(StallsightHook.NOT_WATCHED);
        assertThat(StallsightHook.idleEnter(IDLE)).isFalse();
        assertThat(StallsightHook.selectEnter(SELECT, new Object(), -1)).isEqualTo(StallsightHook.NOT_WATCHED);
        StallsightHook.endAgentWork(work);
        assertThat(enter(CALL)).isNotEqualTo(StallsightHook.NOT_WATCHED);
    }

    @Test
    void workOfTheHandler_isNotWatched() {
        StallsightAgent.attach(
                new RecordingEngine() {
                    @Override
                    public void exited(StallsightThread state, long nanos) {
                        call(OTHER_CALL);
                        handler.exited(state, nanos);
                    }
                },
                FLAGS);
        call(CALL);
        assertThat(handler.reports).extracting(Report::point).containsExactly(CALL);
    }

    // ---- strict mode

    @Test
    void refusal_isThrownBeforeTheCall() {
        handler.refusal = new AssertionError("refused");
        assertThatThrownBy(() -> enter(CALL)).isSameAs(handler.refusal);
        assertNothingInProgress();
        assertThat(errors()).as("no error of the agent").isZero();
    }

    @Test
    void refusal_ofACheckedType_isThrownAsItIs() {
        handler.refusal = new Exception("refused");
        assertThatThrownBy(() -> enter(CALL)).isSameAs(handler.refusal);
    }

    @Test
    void call_afterARefusal_isWatched() {
        handler.refusal = new AssertionError("refused");
        assertThatThrownBy(() -> enter(CALL)).isSameAs(handler.refusal);
        handler.refusal = null;
        call(OTHER_CALL);
        assertThat(handler.reports).extracting(Report::point).containsExactly(OTHER_CALL);
    }

    @Test
    void scope_isRefusedAtItsBeginning() {
        handler.refusal = new AssertionError("refused");
        assertThatThrownBy(() -> enter(SCOPE)).isSameAs(handler.refusal);
        assertNothingInProgress();
    }

    @Test
    void scopeThatBlocksOnlySometimes_isNotRefusedAtItsBeginning() {
        handler.refusal = new AssertionError("refused");
        long token = enter(SCOPE_REFUSED_INSIDE);
        StallsightHook.exit(token);
        assertThat(handler.events).doesNotContain("refuse " + SCOPE_REFUSED_INSIDE);
        assertThat(handler.reports).isEmpty();
        assertNothingInProgress();
    }

    @Test
    void scopeThatBlocksOnlySometimes_isRefusedWhenItBlocks() {
        long token = enter(SCOPE_REFUSED_INSIDE);
        handler.refusal = new AssertionError("refused");
        assertThatThrownBy(() -> enter(CALL)).isSameAs(handler.refusal);
        StallsightHook.exit(token);
        assertThat(handler.reports).isEmpty();
        assertNothingInProgress();
    }

    @Test
    void select_isRefused() {
        handler.refusal = new AssertionError("refused");
        assertThatThrownBy(() -> StallsightHook.selectEnter(SELECT, new Object(), -1))
                .isSameAs(handler.refusal);
        assertNothingInProgress();
    }

    // ---- errors of the agent stay with the agent

    @Test
    void error_atTheBeginningOfACall_isCounted() {
        StallsightAgent.attach(
                new RecordingEngine() {
                    @Override
                    public Throwable refuse(StallsightThread state) {
                        throw new IllegalStateException("broken");
                    }
                },
                FLAGS);
        assertThat(enter(CALL)).isEqualTo(StallsightHook.NOT_WATCHED);
        assertThat(errors()).isEqualTo(1);
        assertNothingInProgress();
    }

    @Test
    void error_atTheEndOfACall_isCounted() {
        StallsightAgent.attach(
                new RecordingEngine() {
                    @Override
                    public void exited(StallsightThread state, long nanos) {
                        throw new IllegalStateException("broken");
                    }
                },
                FLAGS);
        call(CALL);
        assertThat(errors()).isEqualTo(1);
        assertNothingInProgress();
    }

    @Test
    void error_inClassification_isCounted() {
        StallsightAgent.attach(
                new RecordingEngine() {
                    @Override
                    public void classify(StallsightThread state) {
                        throw new StackOverflowError();
                    }
                },
                FLAGS);
        assertThat(enter(CALL)).isEqualTo(StallsightHook.NOT_WATCHED);
        assertThat(errors()).isPositive();
    }

    @Test
    void error_inAFormerAttach_isRemembered() {
        StallsightErrors.suppress(new IllegalStateException("first"));
        assertThat(StallsightErrors.first()).isNotNull();
        assertThat(errors()).isEqualTo(1);
    }

    // ---- the engine comes, goes and changes its mind in the middle of calls

    @Test
    void engine_thatIsReplacedDuringACall_leavesNothingBehind() {
        RecordingEngine second = new RecordingEngine();
        long token = enter(CALL);
        StallsightAgent.attach(second, FLAGS);
        StallsightHook.exit(token);

        assertThat(handler.reports).isEmpty();
        assertThat(second.reports).as("it did not see the beginning").isEmpty();
        call(OTHER_CALL);
        assertThat(second.reports).extracting(Report::point).containsExactly(OTHER_CALL);
        assertNothingInProgress();
    }

    @Test
    void engine_thatIsReplacedDuringACall_seesTheInnerCall() {
        RecordingEngine second = new RecordingEngine();
        long token = enter(CALL);
        StallsightAgent.attach(second, FLAGS);
        call(OTHER_CALL);
        StallsightHook.exit(token);
        assertThat(second.reports).extracting(Report::point).containsExactly(OTHER_CALL);
        assertNothingInProgress();
    }

    @Test
    void engine_thatLeavesDuringACall_isNotCalled() {
        long token = enter(CALL);
        StallsightAgent.detach();
        StallsightHook.exit(token);
        assertThat(handler.reports).isEmpty();
        assertThat(errors()).isZero();
    }

    @Test
    void engine_thatIsReplacedAtAnIdlePoint_watchesAfterIt() {
        RecordingEngine second = new RecordingEngine();
        boolean idle = StallsightHook.idleEnter(IDLE);
        StallsightAgent.attach(second, FLAGS);
        StallsightHook.idleExit(idle);
        call(CALL);
        assertThat(second.reports).hasSize(1);
        assertNothingInProgress();
    }

    @Test
    void reclassify_asksAgain() {
        call(CALL);
        handler.nonBlocking = thread -> false;
        StallsightAgent.reclassify();
        call(CALL);
        assertThat(handler.reports).hasSize(1);
    }

    // ---- the rest

    @Test
    void pending_isPublishedByTheThreadItself() {
        StallsightThread.current().pending.set("monitor");
        call(CALL);
        assertThat(handler.events).containsOnlyOnce("publish monitor");

        StallsightThread.current().pending.set("another");
        StallsightHook.idleExit(StallsightHook.idleEnter(IDLE));
        assertThat(handler.events).containsOnlyOnce("publish another");
    }

    @Test
    void proofs_areRecordedForTheProvingThreadOnly() {
        boolean[] proofs = new boolean[FLAGS.length];
        StallsightPoints.recordProofs(proofs);
        call(CALL);
        assertThat(proofs[CALL]).isFalse();
        StallsightThread.current().proving = true;
        try {
            call(CALL);
            StallsightHook.idleExit(StallsightHook.idleEnter(IDLE));
            assertThat(proofs[CALL]).isTrue();
            assertThat(proofs[IDLE]).isTrue();
            assertThat(proofs[OTHER_CALL]).isFalse();
        } finally {
            StallsightThread.current().proving = false;
        }
    }

    @Test
    void threadStarting_isTold() {
        StallsightHook.threadStarting(CALL, new Thread("born"));
        assertThat(handler.events).contains("starting born");
    }

    @Test
    void threadEnding_isTold_andTheRestOfTheThreadIsNotWatched() throws InterruptedException {
        handler.nonBlocking = thread -> true;
        StallsightAgent.reclassify();
        long[] token = {-1};
        Thread thread = new Thread(() -> {
            call(CALL);
            StallsightHook.threadEnding(CALL);
            token[0] = enter(CALL);
        });
        thread.start();
        thread.join();
        assertThat(handler.events).contains("ending");
        assertThat(token[0]).isEqualTo(StallsightHook.NOT_WATCHED);
    }

    @Test
    void connections_areToldByThreadsThatMayBlockAsWell() {
        handler.nonBlocking = thread -> false;
        StallsightAgent.reclassify();

        Object token = StallsightConnections.connectEnter(CALL, "socket", "shop");
        StallsightConnections.connectExit(token, null);
        StallsightConnections.connectExit(token, new IOException("refused"));
        StallsightConnections.disconnected(CALL, "socket");

        assertThat(handler.events)
                .containsSubsequence("connecting socket to shop", "connectFailed socket", "disconnected socket")
                .filteredOn(event -> event.startsWith("connectFailed"))
                .hasSize(1);
    }

    @Test
    void connections_ofTheAgent_areNotTold() {
        StallsightThread work = StallsightHook.beginAgentWork();
        try {
            assertThat(StallsightConnections.connectEnter(CALL, "socket", "shop"))
                    .isNull();
        } finally {
            StallsightHook.endAgentWork(work);
        }
        assertThat(handler.events).doesNotContain("connecting socket to shop");
    }

    @Test
    void connections_withoutAnEngine_areNotTold() {
        StallsightAgent.detach();
        assertThat(StallsightConnections.connectEnter(CALL, "socket", "shop")).isNull();
        StallsightConnections.connectExit("socket", new IOException("refused"));
        StallsightConnections.disconnected(CALL, "socket");
        assertThat(handler.events).isEmpty();
    }
}
