package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StallsightConnectionPoolTest {

    private final StallsightQueue queue = new StallsightQueue(new Object());
    private final StallsightConnectionPool pool = queue.connections();
    private final StallsightTaskCount tasks = new StallsightTaskCount();
    private final StallsightRequest request = new StallsightRequest();

    @Test
    void borrower_waitsThenHoldsThenIsGone() {
        StallsightLease lease = queue.call(Thread.currentThread(), tasks, request, 0);

        assertThat(lease.isWaiting()).isTrue();
        assertThat(pool.hasBorrower()).isTrue();
        assertThat(pool.waiting()).isEqualTo(1);
        assertThat(queue.holdsTask()).isTrue();
        assertThat(pool.oldestWait(lease.called() + 7)).isEqualTo(7);

        queue.lend(lease);

        assertThat(lease.isWaiting()).isFalse();
        assertThat(lease.thread()).isSameAs(Thread.currentThread());
        assertThat(pool.hasBorrower()).isFalse();
        assertThat(pool.oldestWait(System.nanoTime() + TimeUnit.DAYS.toNanos(1)))
                .isZero();
        assertThat(pool.leases()).containsExactly(lease);
        assertThat(queue.taken()).isEqualTo(1);

        queue.end(lease);

        assertThat(pool.leases()).isEmpty();
    }

    @Test
    void borrowerWithoutConnection_isCountedAsRefused() {
        queue.refuse(queue.call(Thread.currentThread(), tasks, request, 0));

        assertThat(pool.leases()).isEmpty();
        assertThat(queue.rejected()).isEqualTo(1);
        assertThat(queue.taken()).isZero();
    }

    @Test
    void pool_isDry_whenAllConnectionsAreOut() {
        StallsightLease first = queue.call(Thread.currentThread(), tasks, request, 0);
        queue.lend(first);

        assertThat(pool.isDry()).as("its maximum is not known yet").isFalse();

        pool.setMax(1);
        assertThat(pool.isDry()).isTrue();

        queue.end(first);
        assertThat(pool.isDry()).isFalse();
    }

    @Test
    void holderWhoseThreadTakesAnotherTask_isOfAnEarlierOne() {
        StallsightLease lease = queue.call(Thread.currentThread(), tasks, request, 0);
        StallsightLease ofVirtualThread = queue.call(Thread.currentThread(), null, null, 0);
        assertThat(lease.isOfEarlierTask()).isFalse();

        tasks.next();

        assertThat(lease.isOfEarlierTask()).isTrue();
        assertThat(ofVirtualThread.isOfEarlierTask()).as("not known").isFalse();
    }

    @Test
    void callOfAPool_insideOfAnother_isOfTheOuterOne() {
        StallsightPoolCall call = new StallsightPoolCall();
        queue.lend(queue.call(Thread.currentThread(), tasks, request, 0));

        call.begin(pool);
        call.begin(new StallsightConnectionPool());
        call.end();

        assertThat(call.pool()).isSameAs(pool);
        assertThat(call.inUse()).isEqualTo(1);
        call.end();
        assertThat(call.pool()).isNull();
    }

    @Test
    void callOfAPool_whoseEndWasNotSeen_isCleared() {
        StallsightPoolCall call = new StallsightPoolCall();
        call.begin(pool);
        call.begin(pool);

        call.clear();
        call.end();

        assertThat(call.pool()).isNull();
        call.begin(pool);
        assertThat(call.pool()).isSameAs(pool);
    }

    @Test
    void executor_hasNoConnections() {
        assertThat(new StallsightQueue(new Object()).connectionsIfAny()).isNull();
    }

    /** As with the lock of a pool that is unfair: quick holders pass one borrower over again and again. */
    @Test
    void waitInOrder_isThatOfTheLine_notOfOneBorrower() {
        StallsightLease unlucky = queue.call(Thread.currentThread(), tasks, request, 0);
        long later = unlucky.called() + TimeUnit.SECONDS.toNanos(10);
        assertThat(pool.waitInOrder(later)).as("nobody has a connection").isEqualTo(later - unlucky.called());

        StallsightLease holder = queue.call(Thread.currentThread(), tasks, request, 0);
        queue.lend(holder);

        assertThat(pool.waitInOrder(holder.since() + 1_000)).isEqualTo(2_000);
        assertThat(pool.waitInOrder(later)).as("it holds on").isEqualTo(later - unlucky.called());
    }
}
