package io.stallsight.engine.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.fact.Cause;
import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.fact.Histogram;
import io.stallsight.engine.fact.HookStatus;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolKind;
import io.stallsight.engine.fact.PoolObstacle;
import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.fact.Victim;
import io.stallsight.engine.fact.Victims;
import io.stallsight.testing.Stacks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final long NOW = 1_764_000_300_000L;

    private final Picture picture = Given.picture();

    private Verdict verdict() {
        picture.observed(Given.intervalEnd(NOW));
        return picture.view(PictureQuery.last(300_000), View::verdict);
    }

    @Test
    void nothingSeen() {
        assertThat(verdict().text()).isEqualTo("no event loop has been seen");
        assertThat(verdict().level()).isEqualTo(Verdict.Level.UNKNOWN);
    }

    @Test
    void loopsWhoseLagIsNotMeasured_areNotCalledFree() {
        picture.observed(LoopSample.unmeasured(Given.nanos(NOW), "loop-1", "loop-#"));

        assertThat(verdict().level()).isEqualTo(Verdict.Level.UNKNOWN);
        assertThat(verdict().text()).isEqualTo("1 event loop, whose lag was not measured");
        LoopState state = picture.view(
                PictureQuery.last(300_000), view -> view.state(view.loops().get(0)));
        assertThat(state).isEqualTo(LoopState.UNKNOWN);
    }

    @Test
    void freeLoops() {
        picture.observed(Given.loop(NOW, "loop-1", 300_000));
        picture.observed(Given.loop(NOW, "loop-2", 100_000));

        assertThat(verdict().text()).isEqualTo("all 2 loops are free: p99 at most 300 us");
    }

    /** The list of loops says that it is late, so the verdict does. */
    @Test
    void aLateLoopWithoutAStall_isNotCalledFree() {
        picture.observed(Given.loop(NOW, "loop-1", 150_000_000));
        picture.observed(Given.loop(NOW, "loop-2", 100_000));

        Verdict verdict = verdict();

        assertThat(verdict.level()).isEqualTo(Verdict.Level.BAD);
        assertThat(verdict.label()).isEqualTo("Loops are late");
        assertThat(verdict.text())
                .isEqualTo("loop is late: by up to 150 ms. No stall of it is known, so the cause is not known either");
        assertThat(verdict.links()).containsExactly(new Verdict.Link("loop", "loop-1"));
    }

    @Test
    void lateLoops_withWhatTakesTheTime_andWhoWaits() {
        picture.observed(Given.loop(NOW, "loop-1", 840_000_000));
        picture.observed(Given.call(NOW, 920_000_000));
        picture.observed(Given.stall(1, NOW - 2_000, 920_000_000));
        picture.observed(
                Given.stall(2, NOW - 1_000, 80_000_000, Cause.CPU, Stacks.frame("com.shop.Thumb.scale(Thumb.java:3)")));

        Verdict verdict = verdict();

        assertThat(verdict.level()).isEqualTo(Verdict.Level.BAD);
        assertThat(verdict.text())
                .isEqualTo("loop is late: p99 840 ms. 92 % of it is PreparedStatement.executeQuery at"
                        + " OrderRepository.find:57; up to 41 tasks and connections waited");
        assertThat(verdict.links())
                .contains(new Verdict.Link("finding", Given.fingerprint()), new Verdict.Link("loop", "loop-1"));
    }

    @Test
    void lateLoops_withTheTimeThatRequestsLost_ifThatIsMeasured() {
        Victims victims = new Victims(List.of(new Victim("GET /hello", 38, 38, 2_870_000_000L)), Histogram.EMPTY);
        picture.observed(Given.loop(NOW, "loop-1", 840_000_000));
        picture.observed(Given.stall(1, NOW - 2_000, 920_000_000).with(victims, 0));

        assertThat(verdict().text()).endsWith("; 38 requests lost 2.87 s");
    }

    /** Of what was worse some minutes ago, who is paged now hears later. */
    @Test
    void lateLoops_haveTheirCurrentCause() {
        picture.observed(Given.loop(NOW - 200_000, "loop-1", 5_000_000_000L));
        picture.observed(Given.stall(1, NOW - 200_000, 5_000_000_000L));
        picture.observed(Given.loop(NOW, "loop-1", 100_000_000));
        picture.observed(Given.stall(
                2, NOW - 1_000, 120_000_000, Cause.CPU, Stacks.frame("com.shop.Thumb.scale(Thumb.java:3)")));

        assertThat(verdict().text()).startsWith("loop is late: p99 100 ms. All of it is computing at Thumb.scale:3");
    }

    @Test
    void aCallThatHasNotEnded_leadsToItsStall() {
        picture.observed(Given.stall(7, NOW - 2_000, 920_000_000));

        assertThat(verdict().links())
                .containsExactly(new Verdict.Link("loop", "loop-1"), new Verdict.Link("stall", "7"));
    }

    @Test
    void lock_isNamedWithItsOwnerAndTheOwnersSite() {
        picture.observed(Given.lockStall(
                1, NOW - 2_000, 920_000_000, "refresher", Stacks.frame("com.shop.Peers.resolve(Peers.java:10)")));

        assertThat(verdict().text())
                .contains("All of it is waiting for a lock at OrderRepository.find:57 that refresher holds in"
                        + " Peers.resolve:10");
    }

    @Test
    void garbageCollection_blamesNoCode() {
        picture.observed(Given.stall(1, NOW - 2_000, 920_000_000, Cause.GC_PAUSE, null));

        assertThat(verdict().text()).contains("All of it is garbage collection; no code on the loop is to blame");
    }

    /** Many sites of code, each smaller than what is nobody's fault: the code is to blame all the same. */
    @Test
    void codeOfManySites_leadsBeforeACauseWithoutASite() {
        for (int i = 0; i < 6; i++) {
            picture.observed(Given.stall(
                    i,
                    NOW - 9_000 + i,
                    100_000_000,
                    Cause.BLOCKING_CALL,
                    Stacks.frame("com.shop.Shop.call" + i + "(Shop.java:" + i + ")")));
        }
        picture.observed(Given.stall(7, NOW - 2_000, 270_000_000, Cause.NOT_SCHEDULED, null));
        picture.observed(Given.stall(8, NOW - 1_000, 70_000_000, Cause.SAFEPOINT, null));

        Verdict verdict = verdict();

        assertThat(verdict.label()).isEqualTo("Loops are late");
        assertThat(verdict.text())
                .contains("64 % of it is blocking calls, most in PreparedStatement.executeQuery at Shop.call")
                .contains("(11 %)")
                .contains("; 29 % is waiting for a CPU;")
                .doesNotContain("no code");
    }

    /** A part counts wherever it is: here no stall has the pause as its main cause. */
    @Test
    void theSplitOfEachStall_counts() {
        picture.observed(Given.splitStall(
                1, NOW - 2_000, Map.of(Cause.BLOCKING_CALL, 550_000_000L, Cause.GC_PAUSE, 450_000_000L)));

        assertThat(verdict().text())
                .contains("55 % of it is PreparedStatement.executeQuery at OrderRepository.find:57;"
                        + " 45 % is garbage collection");
    }

    @Test
    void nearlyAllIsNobodys_noCodeIsToBlame() {
        picture.observed(Given.splitStall(
                1, NOW - 2_000, Map.of(Cause.GC_PAUSE, 700_000_000L, Cause.NOT_SCHEDULED, 300_000_000L)));

        assertThat(verdict().text())
                .contains(
                        "70 % of it is garbage collection; 30 % is waiting for a CPU; no code on the loop is to blame");
    }

    /** Stalls without a site that is to blame have no place to name. */
    @Test
    void causeWithoutASite_isNamedOnce() {
        picture.observed(Given.splitStall(
                1, NOW - 3_000, Map.of(Cause.NOT_SCHEDULED, 500_000_000L, Cause.GC_PAUSE, 200_000_000L)));
        picture.observed(Given.splitStall(
                2, NOW - 2_000, Map.of(Cause.GC_PAUSE, 150_000_000L, Cause.NOT_SCHEDULED, 100_000_000L)));

        assertThat(verdict().text())
                .contains(
                        "63 % of it is waiting for a CPU; 37 % is garbage collection; no code on the loop is to blame");
    }

    @Test
    void mostIsNobodys_butNotNearlyAll_someCodeMayBeToBlame() {
        picture.observed(
                Given.splitStall(1, NOW - 2_000, Map.of(Cause.GC_PAUSE, 700_000_000L, Cause.CPU, 300_000_000L)));

        assertThat(verdict().text())
                .contains("70 % of it is garbage collection; 30 % is computing")
                .doesNotContain("to blame");
    }

    @Test
    void troubleThatIsOver_isInThePast() {
        picture.observed(Given.loop(NOW, "loop-1", 300_000));
        picture.observed(Given.stall(1, NOW - 190_000, 920_000_000));

        Verdict verdict = verdict();

        assertThat(verdict.level()).isEqualTo(Verdict.Level.WARN);
        assertThat(verdict.text()).startsWith("loop was late 3 min ago").endsWith(". All loops are free now");
    }

    @Test
    void aFullPool_withWhatItsWorkersAreIn() {
        picture.observed(new PoolSample(
                Given.nanos(NOW),
                "shared-#",
                "ThreadPoolExecutor",
                PoolKind.THREADS,
                1,
                8,
                8,
                8,
                120,
                -1,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                1,
                Histogram.EMPTY));
        StackTraceElement site = Stacks.frame("com.shop.Legacy.fetch(Legacy.java:20)");
        picture.observed(new PoolExhaustion(
                1,
                "shared-#",
                "ThreadPoolExecutor",
                PoolKind.THREADS,
                Given.nanos(NOW - 3_000),
                3_000_000_000L,
                8,
                8,
                8,
                120,
                -1,
                0,
                List.of(new PoolExhaustion.Site(8, site, "socket read", List.of())),
                List.of(),
                List.of(),
                List.of(),
                0,
                8,
                true,
                PoolObstacle.WAITING));

        Verdict verdict = verdict();

        assertThat(verdict.level()).isEqualTo(Verdict.Level.BAD);
        assertThat(verdict.text())
                .isEqualTo("shared-# is full: 8 of 8 workers, 120 tasks wait; 8 in Legacy.fetch:20 (socket read)");
        assertThat(verdict.links()).containsExactly(new Verdict.Link("pool", "shared-#"));
    }

    @Test
    void shortCalls_areAWarning() {
        picture.observed(Given.loop(NOW, "loop-1", 300_000));
        picture.observed(Given.call(NOW - 1_000, 20_000_000));
        picture.observed(Given.call(NOW, 10_000_000));

        Verdict verdict = verdict();

        assertThat(verdict.level()).isEqualTo(Verdict.Level.WARN);
        assertThat(verdict.text())
                .startsWith("2 blocking calls of PreparedStatement.executeQuery at OrderRepository.find:57 on loop,"
                        + " the longest 20 ms");
    }

    @Test
    void holes_areNamed() {
        picture.hooks(() -> List.of(
                new HookStatus("java.lang.Thread#sleep(long)", "JDK", "BLOCKING", HookStatus.State.MISSING, "moved")));

        assertThat(verdict().more()).containsExactly("not seen on this JVM: java.lang.Thread#sleep(long); moved");
    }

    @Test
    void aSelfDeadlock_comesFirst() {
        picture.observed(Given.stall(1, NOW - 2_000, 920_000_000));
        picture.observed(Given.selfDeadlock(NOW));

        assertThat(verdict().text()).isEqualTo("loop-2 waits for itself at OrderRepository.find:57");
        assertThat(verdict().more()).hasSize(1);
    }

    @Test
    void selfDeadlock_thatIsOver_isInThePast() {
        picture.observed(Given.selfDeadlock(NOW - 60_000));

        assertThat(verdict().text()).isEqualTo("loop-2 waited for itself 60 s ago at OrderRepository.find:57");
        assertThat(verdict().level()).isEqualTo(Verdict.Level.WARN);
    }

    @Test
    void hosts_areNotNamed() {
        picture.observed(new FanOut(
                Given.nanos(NOW),
                "db.shop:5432",
                FanOut.Operation.CONNECTION,
                null,
                100,
                104,
                104,
                50,
                List.of(),
                Request.UNKNOWN));

        assertThat(verdict().text()).startsWith("104 connections to host-").endsWith(":5432 at once");
    }

    @Test
    void whatIsAskedForSinceAMoment_hasTheVerdictOfTheWholeRange() {
        picture.observed(Given.loop(NOW - 100_000, "loop-1", 840_000_000));
        picture.observed(Given.stall(1, NOW - 100_000, 920_000_000));
        picture.observed(Given.loop(NOW, "loop-1", 1_000_000));
        picture.observed(Given.intervalEnd(NOW));

        Verdict delta = picture.view(new PictureQuery(300_000, NOW - 1_000), View::verdict);

        assertThat(delta).isEqualTo(verdict());
        assertThat(delta.text()).contains("p99 840 ms");
    }
}
