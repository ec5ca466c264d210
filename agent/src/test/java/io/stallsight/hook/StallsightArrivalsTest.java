package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When that came which a loop reads of its connections. Times are in nanoseconds. */
class StallsightArrivalsTest {

    private static final long START = 100;
    private static final long END = 9_000;
    private static final int SOCKET = 17;
    private static final int OTHER_SOCKET = 18;

    /** Numbers of the two connections. */
    private static final int FIRST = 0;

    private static final int SECOND = 1;

    private final StallsightArrivals arrivals = new StallsightArrivals(START, new int[] {OTHER_SOCKET, SOCKET});

    /** The first look is at 1,000, and finds nothing. */
    private void firstLook() {
        arrivals.looked(1_000);
    }

    private void look(long now, int bytes) {
        arrivals.found(FIRST, bytes, now);
        arrivals.looked(now);
    }

    private void read(int bytes) {
        arrivals.read(SOCKET, bytes);
    }

    private long after(int left) {
        return arrivals.after(SOCKET, left, END, false);
    }

    /** As on a connection of HTTP/2: three requests of 50, 380 and 40 bytes, one message. */
    @Test
    void requestsOfOneMessage_cameWhenTheirBytesCame() {
        firstLook();
        look(2_000, 50);
        look(3_000, 50);
        look(4_000, 430);
        look(5_000, 470);
        arrivals.endsWith(FIRST, 470);
        read(470);

        assertThat(after(420)).isEqualTo(1_500);
        assertThat(after(40)).isEqualTo(3_500);
        assertThat(after(0)).isEqualTo(4_500);
    }

    @Test
    void whatCameAfterTheLastLook_cameBetweenThatAndTheEnd() {
        firstLook();
        look(2_000, 50);
        arrivals.endsWith(FIRST, 90);
        arrivals.endsWith(SECOND, 40);
        read(90);

        assertThat(after(0)).isEqualTo((2_000 + END) / 2);
        arrivals.read(OTHER_SOCKET, 40);
        assertThat(arrivals.after(OTHER_SOCKET, 0, END, false)).isEqualTo((2_000 + END) / 2);
    }

    @Test
    void whatCameAfterTheTick_isLater_alsoInOneMessageWithWhatWaited() {
        firstLook();
        look(2_000, 50);
        arrivals.endsWith(FIRST, 50);
        arrivals.endsWith(SECOND, 0);
        read(100);

        assertThat(after(50)).isEqualTo(1_500);
        assertThat(after(0)).isEqualTo(StallsightArrivals.LATER);
        arrivals.read(OTHER_SOCKET, 10);
        assertThat(arrivals.after(OTHER_SOCKET, 0, END, true)).isEqualTo(StallsightArrivals.LATER);
    }

    @Test
    void messagesOfLaterTicks_cameWhenTheirBytesCame_whileSomeOfThoseAreLeft() {
        firstLook();
        look(2_000, 100);
        look(3_000, 300);
        arrivals.endsWith(FIRST, 300);
        read(100);
        assertThat(after(0)).isEqualTo(1_500);
        assertThat(arrivals.laterTickEnds()).isTrue();
        read(100);
        assertThat(after(0)).isEqualTo(2_500);
        assertThat(arrivals.laterTickEnds()).isTrue();
        read(150);
        assertThat(after(50)).isEqualTo(2_500);
        assertThat(after(0)).isEqualTo(StallsightArrivals.LATER);
        assertThat(arrivals.laterTickEnds()).as("all of it is read").isFalse();
    }

    /** The tick reads 50 bytes before it ends; a look finds 80 more, which come after that. */
    @Test
    void whatTheTickReads_isNotWhatWaitsForIt() {
        firstLook();
        look(2_000, 50);
        read(50);
        assertThat(arrivals.read(FIRST)).isEqualTo(50);
        look(3_000, arrivals.read(FIRST) + 80);
        arrivals.endsWith(FIRST, 130);
        read(80);

        assertThat(after(0)).isEqualTo(2_500);
    }

    @Test
    void whatTheTickReads_cameWithItsPoll_orWhenItsBytesCame() {
        look(1_000, 50);
        look(2_000, 90);
        read(100);

        assertThat(arrivals.within(SOCKET, 50, 2_400))
                .as("the first look found it")
                .isEqualTo(START);
        assertThat(arrivals.within(SOCKET, 10, 2_400)).isEqualTo(1_500);
        assertThat(arrivals.within(SOCKET, 0, 2_400)).as("after the last look").isEqualTo(2_200);
        assertThat(arrivals.within(OTHER_SOCKET, 0, 2_400)).as("not read").isEqualTo(StallsightArrivals.UNKNOWN);
    }

    @Test
    void whereMessagesHaveNoLength_theConnectionWasReadable_orWaitedAsItsLoopSays() {
        firstLook();
        look(2_000, 50);

        assertThat(after(0)).isEqualTo(1_500);
        assertThat(arrivals.after(OTHER_SOCKET, 0, END, true)).isEqualTo((2_000 + END) / 2);
        assertThat(arrivals.after(OTHER_SOCKET, 0, END, false)).isEqualTo(StallsightArrivals.UNKNOWN);
        assertThat(arrivals.after(19, 0, END, true)).as("not looked at").isEqualTo(StallsightArrivals.UNKNOWN);
        arrivals.laterTickEnds();
        assertThat(after(0)).isEqualTo(StallsightArrivals.LATER);
    }

    @Test
    void whereBytesAreNotCounted_allCameWhenTheConnectionBecameReadable() {
        firstLook();
        look(2_000, StallsightArrivals.UNCOUNTED);
        look(3_000, StallsightArrivals.UNCOUNTED);
        read(470);

        assertThat(after(420)).isEqualTo(1_500);
        assertThat(after(0)).isEqualTo(1_500);
        arrivals.read(OTHER_SOCKET, 40);
        assertThat(arrivals.after(OTHER_SOCKET, 0, END, false)).isEqualTo(StallsightArrivals.LATER);
        assertThat(arrivals.after(OTHER_SOCKET, 0, END, true)).isEqualTo((3_000 + END) / 2);
    }
}
