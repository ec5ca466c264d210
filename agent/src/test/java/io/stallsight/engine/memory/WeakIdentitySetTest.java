package io.stallsight.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WeakIdentitySetTest {

    /** Its methods are not to be called. */
    private static final class Hostile {
        @Override
        public int hashCode() {
            throw new AssertionError("hashCode");
        }

        @Override
        public boolean equals(Object other) {
            throw new AssertionError("equals");
        }
    }

    private final WeakIdentitySet<Object> set = new WeakIdentitySet<>();

    @Test
    void add_isTrueOnceForAnObject() {
        Hostile one = new Hostile();
        Hostile other = new Hostile();
        assertThat(set.add(one)).isTrue();
        assertThat(set.add(one)).isFalse();
        assertThat(set.add(other)).isTrue();
        assertThat(set.size()).isEqualTo(2);
    }

    @Test
    void collectedObjects_leaveTheSet() throws InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            set.add(new Object());
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        Object last = new Object();
        while (set.size() > 1 && System.nanoTime() - end < 0) {
            System.gc();
            Thread.sleep(5);
            set.add(last);
        }
        assertThat(set.size()).isEqualTo(1);
    }
}
