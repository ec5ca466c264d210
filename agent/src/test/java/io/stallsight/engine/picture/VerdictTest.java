package io.stallsight.engine.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final long NOW = 1_764_000_300_000L;

    private final Picture picture = Picture.live(1_000, Rows::process);

    private Verdict verdict() {
        picture.now(NOW);
        return Verdict.of(picture, PictureQuery.last(300_000));
    }

    @Test
    void nothingSeen() {
        assertThat(verdict().text()).isEqualTo("no event loop has been seen");
        assertThat(verdict().level()).isEqualTo(Verdict.Level.OK);
    }

    @Test
    void freeLoops() {
        picture.loop(NOW, Rows.loop("loop-1", 300_000));
        picture.loop(NOW, Rows.loop("loop-2", 100_000));

        assertThat(verdict().text()).isEqualTo("all 2 loops are free: p99 at most 300 us");
    }

    @Test
    void lateLoops_withWhatTakesTheTime_andWhoWaits() {
        picture.loop(NOW, Rows.loop("loop-1", 840_000_000));
        picture.call(Rows.call("aaaa", NOW, 920_000_000));
        picture.stall(Rows.stall("1", NOW - 2_000, 920_000_000));
        picture.stall(Rows.stall("2", NOW - 1_000, 80_000_000, "CPU", "com.shop.Thumb.scale(Thumb.java:3)"));

        Verdict verdict = verdict();

        assertThat(verdict.level()).isEqualTo(Verdict.Level.BAD);
        assertThat(verdict.text())
                .isEqualTo("loop is late: p99 840 ms. 92 % of it is PreparedStatement.executeQuery at"
                        + " OrderRepository.find:57; up to 41 requests were waiting");
        assertThat(verdict.links()).contains(new Verdict.Link("finding", "aaaa"), new Verdict.Link("loop", "loop-1"));
    }

    /** Of what was worse some minutes ago, who is paged now hears later. */
    @Test
    void lateLoops_areToldWhatTheyAreLateForNow() {
        picture.loop(NOW - 200_000, Rows.loop("loop-1", 5_000_000_000L));
        picture.stall(Rows.stall("1", NOW - 200_000, 5_000_000_000L));
        picture.loop(NOW, Rows.loop("loop-1", 100_000_000));
        picture.stall(Rows.stall("2", NOW - 1_000, 120_000_000, "CPU", "com.shop.Thumb.scale(Thumb.java:3)"));

        assertThat(verdict().text()).startsWith("loop is late: p99 100 ms. All of it is computing at Thumb.scale:3");
    }

    @Test
    void aCallThatHasNotEnded_leadsToItsStall() {
        picture.stall(Rows.stall("7", NOW - 2_000, 920_000_000));

        assertThat(verdict().links())
                .containsExactly(new Verdict.Link("loop", "loop-1"), new Verdict.Link("stall", "7"));
    }

    @Test
    void aLock_isToldWithItsOwnerAndWhatThatIsIn() {
        picture.stall(
                Rows.lockStall("1", NOW - 2_000, 920_000_000, "refresher", "com.shop.Peers.resolve(Peers.java:10)"));

        assertThat(verdict().text())
                .contains("All of it is waiting for a lock at OrderRepository.find:57 that refresher holds in"
                        + " Peers.resolve:10");
    }

    @Test
    void garbageCollection_blamesNoCode() {
        picture.stall(Rows.stall("1", NOW - 2_000, 920_000_000, "GC_PAUSE", null));

        assertThat(verdict().text()).contains("All of it is garbage collection; no code on the loop is to blame");
    }

    @Test
    void whatIsOver_isToldAsPast() {
        picture.loop(NOW, Rows.loop("loop-1", 300_000));
        picture.stall(Rows.stall("1", NOW - 190_000, 920_000_000));

        Verdict verdict = verdict();

        assertThat(verdict.level()).isEqualTo(Verdict.Level.WARN);
        assertThat(verdict.text()).startsWith("loop was late 3 min ago").endsWith(". All loops are free now");
    }

    @Test
    void aFullPool_withWhatItsWorkersAreIn() {
        picture.pool(
                NOW, new PoolRow("shared-#", "ThreadPoolExecutor", 1, 8, 8, 8, 120, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
        picture.exhausted(new ExhaustionRow(
                "1",
                "shared-#",
                NOW - 3_000,
                3_000_000_000L,
                "8 of 8",
                "advice",
                List.of(new ExhaustionRow.Site(8, "com.shop.Legacy.fetch(Legacy.java:20)", "socket read", List.of()))));

        Verdict verdict = verdict();

        assertThat(verdict.level()).isEqualTo(Verdict.Level.BAD);
        assertThat(verdict.text())
                .isEqualTo("shared-# is full: 8 of 8 workers, 120 tasks wait; 8 in Legacy.fetch:20 (socket read)");
        assertThat(verdict.links()).containsExactly(new Verdict.Link("pool", "shared-#"));
    }

    @Test
    void shortCalls_areAWarning() {
        picture.loop(NOW, Rows.loop("loop-1", 300_000));
        picture.call(Rows.call("aaaa", NOW - 1_000, 20_000_000));
        picture.call(Rows.call("aaaa", NOW, 10_000_000));

        Verdict verdict = verdict();

        assertThat(verdict.level()).isEqualTo(Verdict.Level.WARN);
        assertThat(verdict.text())
                .startsWith("2 blocking calls of PreparedStatement.executeQuery at OrderRepository.find:57 on loop,"
                        + " the longest 20 ms");
    }

    @Test
    void holes_areTold() {
        picture.hooks(new HooksRow(10, 0, List.of(new HooksRow.Hole("java.lang.Thread#sleep(long)", "moved"))));

        assertThat(verdict().more()).containsExactly("not seen on this JVM: java.lang.Thread#sleep(long); moved");
    }

    @Test
    void aSelfDeadlock_comesFirst() {
        picture.stall(Rows.stall("1", NOW - 2_000, 920_000_000));
        picture.notice(new NoticeRow(
                NoticeRow.Type.SELF_DEADLOCK, NOW, "loop-2", Rows.SITE, "it waits for itself", "fix", List.of()));

        assertThat(verdict().text()).isEqualTo("loop-2 waits for itself at OrderRepository.find:57");
        assertThat(verdict().more()).hasSize(1);
    }

    @Test
    void aSelfDeadlock_thatIsOver_isToldAsPast() {
        picture.notice(new NoticeRow(
                NoticeRow.Type.SELF_DEADLOCK, NOW - 60_000, "loop-2", Rows.SITE, "itself", "fix", List.of()));

        assertThat(verdict().text()).isEqualTo("loop-2 waited for itself 60 s ago at OrderRepository.find:57");
        assertThat(verdict().level()).isEqualTo(Verdict.Level.WARN);
    }

    @Test
    void hosts_areNotNamed() {
        picture.notice(new NoticeRow(
                NoticeRow.Type.FAN_OUT, NOW, "", "", "104 connections to db.shop:5432 at once; x", "fix", List.of()));

        assertThat(verdict().text()).startsWith("104 connections to host-").endsWith(":5432 at once");
    }

    @Test
    void whatIsAskedForSinceAMoment_hasTheVerdictOfTheWholeRange() {
        picture.loop(NOW - 100_000, Rows.loop("loop-1", 840_000_000));
        picture.stall(Rows.stall("1", NOW - 100_000, 920_000_000));
        picture.loop(NOW, Rows.loop("loop-1", 1_000_000));
        picture.now(NOW);

        Verdict delta = Verdict.of(picture, new PictureQuery(300_000, NOW - 1_000));

        assertThat(delta).isEqualTo(verdict());
        assertThat(delta.text()).contains("p99 840 ms");
    }
}
