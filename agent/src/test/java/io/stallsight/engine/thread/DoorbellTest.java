package io.stallsight.engine.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class DoorbellTest {

    private final Doorbell bell = new Doorbell();

    /** A process that stood still between the ring and the end of the sleep is known by this difference alone. */
    @Test
    void lastRing_isWhenItCame_notWhenTheSleeperWokeUp() {
        long before = System.nanoTime();
        bell.ring();
        long after = System.nanoTime();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        bell.ring(); // the first one counts

        assertThat(bell.await(0)).isTrue();
        assertThat(bell.lastRing()).isBetween(before, after);
    }

    @Test
    void await_endsWithoutARing_afterItsTime() {
        assertThat(bell.await(1_000)).isFalse();
    }
}
