package io.stallsight.engine.stall;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.engine.detect.Detector;
import io.stallsight.engine.detect.TestDetectors;
import io.stallsight.engine.thread.ThreadTimes;
import io.stallsight.hook.HookStates;
import io.stallsight.hook.StallsightAgent;
import io.stallsight.hook.StallsightHook;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which pauses a blocking call outlasts. Times are milliseconds after the start of the tick. */
class EpisodeTest {

    private static final long MILLI = 1_000_000L;
    private static final long START = 1_000_000 * MILLI;
    private static final int CALL = 1;

    private final StallsightLoop loop = HookStates.loop();
    private StallsightThread state;
    private Episode episode;

    @BeforeEach
    void begin() {
        Detector detector = TestDetectors.of(TestCatalogs.of("{}"));
        StallsightAgent.attach(detector, new byte[2]);
        state = StallsightHook.current();
        HookStates.beginTick(loop, START);
        episode = new Episode(
                Thread.currentThread(), "loop-1", state, loop, Episode.Form.TICK, START, START + 10 * MILLI, 0, null);
    }

    @AfterEach
    void end() {
        HookStates.endCall(state);
        StallsightAgent.detach();
    }

    private void inCallSince(long millis) {
        HookStates.beginCall(state, CALL, START + millis * MILLI);
    }

    private void inNoCall() {
        HookStates.endCall(state);
    }

    private void look(long millis, long gcMillis) {
        episode.paused(new Pauses.Sum(gcMillis * MILLI, 0, 0), START + millis * MILLI);
    }

    private void lookUntil(long from, long to) {
        for (long millis = from; millis <= to; millis += 5) {
            look(millis, 0);
        }
    }

    @Test
    void pause_inACallThatGoesOn_isCovered() {
        inCallSince(1);
        lookUntil(10, 50);
        look(300, 245);
        lookUntil(305, 340);

        assertThat(episode.covered()).isEqualTo(new Pauses.Sum(245 * MILLI, 0, 0));
    }

    @Test
    void pause_atWhoseEndTheCallEnds_isNotCovered() {
        inCallSince(1);
        lookUntil(10, 50);
        look(300, 245);
        look(305, 0);
        inNoCall();
        lookUntil(310, 400);

        assertThat(episode.covered()).isEqualTo(Pauses.Sum.NONE);
    }

    @Test
    void pause_whileTheThreadComputes_isNotCovered() {
        inNoCall();
        look(300, 245);
        inCallSince(301);
        lookUntil(305, 400);

        assertThat(episode.covered()).isEqualTo(Pauses.Sum.NONE);
    }

    @Test
    void pause_beforeTheCall_isNotCovered() {
        inCallSince(299);
        look(300, 245);
        lookUntil(305, 400);

        assertThat(episode.covered()).isEqualTo(Pauses.Sum.NONE);
    }

    @Test
    void pause_inACallAfterWhichThereIsAnother_isNotCovered() {
        inCallSince(1);
        lookUntil(10, 50);
        look(300, 245);
        inCallSince(303);
        lookUntil(305, 400);

        assertThat(episode.covered()).isEqualTo(Pauses.Sum.NONE);
    }

    @Test
    void twoPauses_inACallThatGoesOn_areCovered() {
        inCallSince(1);
        look(300, 245);
        lookUntil(305, 340);
        look(500, 150);
        lookUntil(505, 540);

        assertThat(episode.covered()).isEqualTo(new Pauses.Sum(395 * MILLI, 0, 0));
    }

    /** The second task of a backlog waits as long as the first, and is looked at when half of it is done. */
    @Test
    void workSinceTheStart_ofABacklogSeenLate_countsForIt() {
        long seen = START + 400 * MILLI;
        TimesAt earlier = new TimesAt(START - 50 * MILLI, new ThreadTimes(7 * MILLI, 0, 1), 100 * MILLI, 5);
        Episode backlog = new Episode(
                Thread.currentThread(), "loop-1", null, loop, Episode.Form.QUEUED, START, seen, 520 * MILLI, earlier);

        assertThat(backlog.timesBefore()).isNotNull();
        assertThat(backlog.timesBefore().times().cpu())
                .as("7 ms, and 20 ms of work before the start")
                .isEqualTo(27 * MILLI);
    }

    @Test
    void tasks_ofABacklogSeenLate_areCountedFromItsStart_andAreNotOneLongTask() {
        HookStates.tasks(loop, 400);
        Episode backlog = seenLate(Episode.Form.QUEUED);
        HookStates.tasks(loop, 402);
        backlog.seen(START + 405 * MILLI);

        assertThat(backlog.tasks().begun()).isEqualTo(397);
        assertThat(backlog.tasks().inLongTasks()).isZero();
    }

    /** A tick of 400 ms after many short ones: its one task is long. */
    @Test
    void tasks_beforeALongTickSeenLate_doNotCount() {
        HookStates.tasks(loop, 400);
        Episode tick = seenLate(Episode.Form.TICK);
        tick.seen(START + 405 * MILLI);

        assertThat(tick.tasks().begun()).isZero();
        assertThat(tick.tasks().inLongTasks()).isEqualTo(405 * MILLI);
    }

    private Episode seenLate(Episode.Form form) {
        TimesAt earlier = new TimesAt(START - 50 * MILLI, new ThreadTimes(0, 0, 1), 0, 5);
        return new Episode(Thread.currentThread(), "loop-1", null, loop, form, START, START + 400 * MILLI, 0, earlier);
    }

    @Test
    void reading_beforeTheStart_isTaken_ifALateLookHasReadOnceMore() {
        TimesAt first = new TimesAt(START - 50 * MILLI, new ThreadTimes(1, 0, 1), 0, 0);
        TimesAt late = new TimesAt(START + 300 * MILLI, new ThreadTimes(2, 0, 1), 0, 0);

        assertThat(new LoopTimes.Readings(late, first).before(START)).isSameAs(first);
        assertThat(new LoopTimes.Readings(late, first).before(START + 400 * MILLI))
                .isSameAs(late);
        assertThat(new LoopTimes.Readings(late, null).before(START)).isSameAs(late);
    }
}
