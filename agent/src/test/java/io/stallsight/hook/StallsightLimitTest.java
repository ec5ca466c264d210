package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StallsightLimitTest {

    private static final StackTraceElement MAKER =
            new StackTraceElement("com.shop.Orders", "<init>", "Orders.java", 31);

    private final StallsightLimit limit = new StallsightLimit(3, 0, "orders", null);
    private final StallsightHistogram runs = new StallsightHistogram();

    @Test
    void holder_isTheThreadThatAcquired_onceForEachPermit() {
        acquire(2);

        assertThat(limit.leases()).hasSize(2).allSatisfy(lease -> {
            assertThat(lease.thread()).isSameAs(Thread.currentThread());
            assertThat(lease.isWaiting()).isFalse();
            assertThat(lease.since()).isLessThanOrEqualTo(System.nanoTime());
        });

        limit.released(1, runs);
        assertThat(limit.leases()).hasSize(1);

        limit.released(1, runs);
        assertThat(limit.leases()).isEmpty();
        assertThat(limit.returned()).isEqualTo(2);
        assertThat(limit.isForeign()).isFalse();
    }

    @Test
    void acquiresOneByOne_mayBeReleasedAtOnce() {
        acquire(1);
        acquire(2);

        limit.released(3, runs);

        assertThat(limit.leases()).isEmpty();
        assertThat(limit.isForeign()).isFalse();
    }

    @Test
    void releaseByAnotherThread_makesTheHoldersUnknownForGood() throws InterruptedException {
        acquire(1);

        inThread(() -> limit.released(1, runs));

        assertThat(limit.isForeign()).isTrue();
        assertThat(limit.leases()).isEmpty();
        acquire(1);
        assertThat(limit.leases()).isEmpty();
    }

    @Test
    void releaseOfPermitsThatWereOutBefore_isNoForeignOne() {
        StallsightLimit late = new StallsightLimit(3, 1, null, this);

        late.released(1, runs);
        assertThat(late.isForeign()).isFalse();

        late.released(1, runs);
        assertThat(late.isForeign()).isTrue();
    }

    @Test
    void threadThatHasEnded_isNotKept_butItsName() throws InterruptedException {
        Thread ended = inThread(() -> acquire(1));

        limit.forgetEnded(System.nanoTime());

        assertThat(limit.leases()).singleElement().satisfies(lease -> {
            assertThat(lease.thread()).isNull();
            assertThat(lease.threadName()).isEqualTo(ended.getName());
        });
    }

    @Test
    void shortHolds_areTimedNowAndThen_longOnesAlways() {
        for (int i = 0; i < 1_000; i++) {
            acquire(1);
            limit.released(1, runs);
        }
        long timed = 0;
        for (int bucket = runs.lowest(); bucket <= runs.highest(); bucket++) {
            timed += runs.count(bucket);
        }
        assertThat(timed)
                .as("each timed one stands for %d", StallsightHold.UNTIMED)
                .isBetween(900L, 1_100L);

        StallsightHold hold = limit.claim();
        hold.fill(null, null, 0, 1);
        long since = limit.leases().get(0).since();

        assertThat(limit.leases().get(0).since()).as("the first look").isEqualTo(since);
    }

    @Test
    void lineOfThoseWhoHoldForAMoment_isNoExhaustion() {
        acquire(1);
        long since = limit.leases().get(0).since();
        long oldest = TimeUnit.SECONDS.toNanos(10);

        assertThat(limit.waitInOrder(100, oldest, since + 1_000)).isEqualTo(2_000);
        assertThat(limit.waitInOrder(100, oldest, since + oldest))
                .as("it holds on")
                .isEqualTo(oldest);
    }

    @Test
    void morePermitsThanAtFirst_makeTheHoldersUnknown() {
        for (int i = 0; i < 100; i++) {
            acquire(1);
        }

        assertThat(limit.isForeign()).isTrue();
    }

    private void acquire(int count) {
        StallsightHold hold = limit.claim();
        if (hold != null) {
            hold.fill(null, null, 0, count);
        }
    }

    private static Thread inThread(Runnable work) throws InterruptedException {
        Thread thread = new Thread(work, "other");
        thread.start();
        thread.join();
        return thread;
    }
}
