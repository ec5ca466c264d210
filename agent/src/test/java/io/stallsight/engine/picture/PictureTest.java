package io.stallsight.engine.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import io.stallsight.engine.fact.Cause;
import io.stallsight.testing.Stacks;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PictureTest {

    private static final long START = 1_764_000_000_000L;

    private final Picture picture = Given.picture();

    private JsonObject json(PictureQuery query) throws JsonParserException {
        return JsonParser.object().from(PictureJson.of(picture, query));
    }

    private void seconds(int from, int to) {
        for (int i = from; i < to; i++) {
            picture.observed(Given.loop(START + i * 1_000L, "loop-1", i * 1_000_000L));
            picture.observed(Given.intervalEnd(START + i * 1_000L));
        }
    }

    @Test
    void sitesBeyondTheMaximum_areShown_andWhatMadeRoomIsCounted() throws JsonParserException {
        for (int i = 0; i < Store.MAX_SITES; i++) {
            picture.observed(Given.sleep(START, "com.acme.Generated.m" + i, 1_000_000));
        }
        for (int i = 0; i < 10; i++) {
            picture.observed(Given.sleep(START, "com.acme.Orders.find", 50_000_000));
        }

        JsonObject json = json(PictureQuery.last(60_000));

        assertThat(json.getArray("findings").getObject(0).getString("site")).contains("com.acme.Orders.find");
        assertThat(json.getObject("left").getInt("findings")).isGreaterThan(0);
    }

    /** A client may take a view of an hour of hundreds of loops, and the thread that watches loops reports stalls. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void observed_whileAViewIsTaken_doesNotWait() throws InterruptedException {
        CountDownLatch inView = new CountDownLatch(1);
        CountDownLatch endOfView = new CountDownLatch(1);
        Thread client = new Thread(() -> picture.view(PictureQuery.last(60_000), view -> {
            inView.countDown();
            try {
                return endOfView.await(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        client.start();
        inView.await();

        picture.observed(Given.loop(START, "loop-1", 1_000_000));

        endOfView.countDown();
        client.join();
        assertThat(picture.now()).isEqualTo(START);
    }

    @Test
    void series_haveOneValueAColumn() throws JsonParserException {
        seconds(0, 60);
        JsonObject json = json(PictureQuery.last(60_000));

        JsonArray lag = json.getArray("loops").getObject(0).getObject("series").getArray("lagMax");

        assertThat(lag).hasSize(json.getInt("columns"));
        assertThat(json.getLong("from") + 1_000L * (lag.size() - 1)).isEqualTo(START + 59_000);
        assertThat(lag.getDouble(lag.size() - 1)).isEqualTo(59);
        assertThat(lag.getDouble(lag.size() - 10)).isEqualTo(50);
    }

    @Test
    void anHour_hasColumnsOfTenIntervals_withTheLargestOfEach() throws JsonParserException {
        seconds(0, 4_000);
        JsonObject json = json(PictureQuery.last(3_600_000));

        JsonArray lag = json.getArray("loops").getObject(0).getObject("series").getArray("lagMax");

        assertThat(json.getLong("step")).isEqualTo(10_000);
        assertThat(lag).hasSize(360).doesNotContainNull();
        assertThat(lag.getDouble(lag.size() - 1)).isEqualTo(3_999);
        assertThat(lag.getDouble(lag.size() - 2)).isEqualTo(3_989);
    }

    @Test
    void aColumnWithoutASample_betweenTwo_takesTheLaterOne() throws JsonParserException {
        picture.observed(Given.loop(START, "loop-1", 1_000_000));
        picture.observed(Given.loop(START + 2_000, "loop-1", 3_000_000));
        picture.observed(Given.loop(START + 6_000, "loop-1", 7_000_000));

        JsonArray lag = json(PictureQuery.last(60_000))
                .getArray("loops")
                .getObject(0)
                .getObject("series")
                .getArray("lagMax");

        int last = lag.size() - 1;
        assertThat(lag.subList(last - 6, last + 1)).containsExactly(1.0, 3.0, 3.0, null, null, null, 7.0);
    }

    @Test
    void since_aStallThatIsYoungerThanEachSample_givesTheLoops() throws JsonParserException {
        seconds(0, 10);
        picture.observed(Given.stall(1, START + 9_000, 200_000_000));
        long received = picture.now();
        picture.observed(Given.stall(2, START + 9_300, 200_000_000));

        JsonObject json = json(new PictureQuery(300_000, received));

        assertThat(received).isGreaterThan(START + 9_000);
        assertThat(json.getArray("stalls")).hasSize(2);
        assertThat(json.getArray("loops")).hasSize(1);
    }

    @Test
    void since_beforeAReset_givesEverything() throws JsonParserException {
        seconds(0, 10);
        picture.observed(Given.stall(1, START + 5_000, 200_000_000));
        long received = picture.now();
        picture.reset();
        seconds(10, 12);

        JsonObject json = json(new PictureQuery(300_000, received));

        assertThat(json.getBoolean("delta")).isFalse();
        assertThat(json.getArray("stalls")).isEmpty();
        assertThat(json.getArray("loops")).hasSize(1);
    }

    @Test
    void since_givesWhatChanged() throws JsonParserException {
        seconds(0, 10);
        picture.observed(Given.stall(1, START + 5_000, 200_000_000));
        picture.observed(Given.call(START + 5_000, 100_000_000));
        seconds(10, 20);
        picture.observed(Given.stall(
                2, START + 19_500, 300_000_000, Cause.CPU, Stacks.frame("com.shop.Thumb.scale(Thumb.java:3)")));

        JsonObject json = json(new PictureQuery(300_000, START + 15_000));

        assertThat(json.getBoolean("delta")).isTrue();
        assertThat(json.getLong("from")).isEqualTo(START + 15_000);
        assertThat(json.getInt("columns")).isEqualTo(5);
        assertThat(json.getArray("stalls")).hasSize(1);
        assertThat(json.getArray("stalls").getObject(0).getString("id")).isEqualTo("2");
        assertThat(json.getArray("findings")).isEmpty();
        assertThat(json(PictureQuery.last(300_000)).getArray("findings")).hasSize(1);
    }

    @Test
    void aStallThatGoesOn_isOne() throws JsonParserException {
        picture.observed(Given.stall(1, START, 1_000_000_000L));
        picture.observed(Given.stall(1, START, 2_000_000_000L));

        JsonArray stalls = json(PictureQuery.last(300_000)).getArray("stalls");

        assertThat(stalls).hasSize(1);
        assertThat(stalls.getObject(0).getDouble("duration")).isEqualTo(2_000);
        assertThat(stalls.getObject(0).getDouble("harm")).isEqualTo(82);
    }

    /** What waited for one site is not spread over the other calls of the interval. */
    @Test
    void harmOfACallThatIsAStall_isThatOfTheStall() throws JsonParserException {
        picture.observed(Given.loop(START, "loop-1", 0));
        picture.observed(Given.call("other", START, 20_000_000, "loop-1"));
        picture.observed(Given.call(START + 500, 400_000_000));
        picture.observed(Given.stall(1, START + 100, 400_000_000));
        picture.observed(Given.loop(START + 1_000, "loop-1", 0));

        JsonArray findings = json(PictureQuery.last(300_000)).getArray("findings");

        assertThat(findings.getObject(0).getString("site")).contains(".find(");
        assertThat(findings.getObject(0).getDouble("harm")).isEqualTo(16.4);
        assertThat(findings.getObject(1).getDouble("harm")).isEqualTo(0.88);
    }

    @Test
    void findings_areRankedByHarm_whichIsWhatOthersWaited() throws JsonParserException {
        picture.observed(Given.loop(START, "loop-1", 0));
        picture.observed(Given.call("slowAlone", START, 900_000_000, "idle-1"));
        picture.observed(Given.call("shortBeforeMany", START, 100_000_000, "loop-1"));
        picture.observed(Given.loop(START + 1_000, "loop-1", 0));

        JsonArray findings = json(PictureQuery.last(300_000)).getArray("findings");

        assertThat(findings.getObject(0).getString("site")).contains("shortBeforeMany");
        assertThat(findings.getObject(0).getDouble("harm")).isEqualTo(4.4);
        assertThat(findings.getObject(1).getDouble("p99")).isCloseTo(900, withinPercentage(3));
    }

    @Test
    void goneLoop_isShownAsGone_andForgottenAfterAnHour() throws JsonParserException {
        picture.observed(Given.loop(START, "loop-1", 0));
        picture.observed(Given.intervalEnd(START + 10_000));
        assertThat(json(PictureQuery.last(300_000))
                        .getArray("loops")
                        .getObject(0)
                        .getString("state"))
                .isEqualTo("gone");

        picture.observed(Given.intervalEnd(START + 3_700_000));
        assertThat(json(PictureQuery.last(3_600_000)).getArray("loops")).isEmpty();
    }

    @Test
    void memoryIsBounded_inLoopsFindingsStallsAndNotices() throws JsonParserException {
        for (int i = 0; i < 2_000; i++) {
            picture.observed(Given.loop(START + i, "loop-" + i, 0));
            picture.observed(Given.stall(i, START + i, 1_000_000_000L));
            picture.observed(Given.call("f" + i, START + i, 1_000_000, "loop-1"));
        }
        picture.observed(Given.intervalEnd(START + 2_000));

        JsonObject json = json(PictureQuery.last(300_000));

        assertThat(json.getArray("loops")).hasSize(Store.MAX_LOOPS);
        assertThat(json.getObject("left").getInt("loops")).isEqualTo(2_000 - Store.MAX_LOOPS);
        assertThat(json.getArray("stalls")).hasSize(Store.MAX_STALLS);
        assertThat(json.getObject("left").getInt("stalls")).isEqualTo(2_000 - Store.MAX_STALLS);
        assertThat(json.getArray("stalls").getObject(0).getString("id")).isEqualTo("1999");
        assertThat(json.getArray("findings").size() + json.getObject("left").getInt("findings"))
                .isEqualTo(2_000);
    }

    @Test
    void whatHasGone_makesRoom() throws JsonParserException {
        for (int i = 0; i < Store.MAX_LOOPS; i++) {
            picture.observed(Given.loop(START, "old-" + i, 0));
        }
        picture.observed(Given.intervalEnd(START + 10_000));
        picture.observed(Given.loop(START + 11_000, "new", 0));

        assertThat(json(PictureQuery.last(300_000)).getArray("loops"))
                .extracting(loop -> ((JsonObject) loop).getString("id"))
                .containsExactly("new");
    }

    @Test
    void reset_forgets() throws JsonParserException {
        seconds(0, 10);
        picture.observed(Given.stall(1, START, 1_000_000_000L));
        picture.reset();

        JsonObject json = json(PictureQuery.last(300_000));

        assertThat(json.getArray("loops")).isEmpty();
        assertThat(json.getArray("stalls")).isEmpty();
    }

    @Test
    void aRecording_isShownFromItsBeginToItsEnd() throws JsonParserException {
        Picture recorded = Picture.ofRecording(START, START + 7_200_000, Given.process());
        recorded.observed(Given.loop(START + 1_000, "loop-1", 5_000_000));
        recorded.observed(Given.loop(START + 7_199_000, "loop-1", 6_000_000));

        JsonObject json = JsonParser.object().from(PictureJson.of(recorded, PictureQuery.all()));
        JsonArray lag = json.getArray("loops").getObject(0).getObject("series").getArray("lagMax");

        assertThat(json.getString("source")).isEqualTo("recording");
        assertThat(json.getLong("now")).isEqualTo(START + 7_200_000);
        assertThat(lag.getDouble(0)).isEqualTo(5);
        assertThat(lag.getDouble(lag.size() - 2)).isEqualTo(6);
    }

    @Test
    void details_areReducedToTheirShape() throws JsonParserException {
        picture.observed(Given.call(START, 1_000_000));

        String detail = json(PictureQuery.last(300_000))
                .getArray("findings")
                .getObject(0)
                .getString("detail");

        assertThat(detail).startsWith("socket read host-").endsWith(":5432");
    }

    @Test
    void names_areOrderedAsPeopleDo() throws JsonParserException {
        for (String name : List.of("loop-10", "loop-2", "loop-1")) {
            picture.observed(Given.loop(START, name, 0));
        }

        assertThat(json(PictureQuery.last(300_000)).getArray("loops"))
                .extracting(loop -> ((JsonObject) loop).getString("id"))
                .containsExactly("loop-1", "loop-2", "loop-10");
    }
}
