package io.stallsight.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BoundedMapTest {

    private final List<Integer> evicted = new ArrayList<>();
    private final BoundedMap<String, Integer> map = new BoundedMap<>(10, value -> value, evicted::add);

    @Test
    void put_beyondTheMaximum_evictsAndCounts() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(map.putIfAbsent("k" + i, i)).isEqualTo(i);
            assertThat(map.get("k" + i)).as("the newest is there").isEqualTo(i);
        }
        assertThat(map.size()).isEqualTo(10);
        assertThat(map.evictions()).isEqualTo(990);
        assertThat(evicted).hasSize(990);
    }

    @Test
    void entry_thatIsUsed_stays() {
        map.putIfAbsent("used", 0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(map.get("used")).isZero();
            map.putIfAbsent("k" + i, i + 1);
        }
    }

    @Test
    void entry_thatIsWorthMore_stays() {
        map.putIfAbsent("worth", 1_000_000);
        for (int i = 0; i < 1_000; i++) {
            map.putIfAbsent("k" + i, 1);
        }
        assertThat(map.get("worth")).isEqualTo(1_000_000);
    }

    @Test
    void entry_thatIsNeitherUsedNorWorthMuch_goes() {
        map.putIfAbsent("old", 1);
        for (int i = 0; i < 100; i++) {
            map.putIfAbsent("k" + i, 2);
        }
        assertThat(map.get("old")).isNull();
    }

    @Test
    void putIfAbsent_ofAKnownKey_returnsTheKnownValue() {
        map.putIfAbsent("k", 1);
        assertThat(map.putIfAbsent("k", 2)).isEqualTo(1);
        assertThat(map.values()).containsExactly(1);
    }

    @Test
    void clear_removesEverything() {
        for (int i = 0; i < 20; i++) {
            map.putIfAbsent("k" + i, i);
        }
        map.clear();
        assertThat(map.values()).isEmpty();
        assertThat(map.evictions()).isZero();
        for (int i = 0; i < 20; i++) {
            map.putIfAbsent("k" + i, i);
        }
        assertThat(map.size()).isEqualTo(10);
    }

    @Test
    void maximumOfOne_keepsTheNewest() {
        BoundedMap<String, Integer> one = new BoundedMap<>(1);
        one.putIfAbsent("a", 1);
        one.putIfAbsent("b", 2);
        assertThat(one.values()).containsExactly(2);
    }

    @Test
    void manyThreads_leaveNoMoreThanTheMaximum() throws InterruptedException {
        BoundedMap<Integer, Integer> shared = new BoundedMap<>(100);
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int from = t * 20_000;
            Thread thread = new Thread(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int i = from; i < from + 20_000; i++) {
                    shared.putIfAbsent(i, i);
                    shared.get(i - 50);
                }
            });
            thread.start();
            threads.add(thread);
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        shared.putIfAbsent(-1, -1);
        assertThat(shared.size()).isLessThanOrEqualTo(100);
        assertThat(shared.size() + shared.evictions()).isEqualTo(80_001);
    }

    @Test
    void maximum_mustBePositive() {
        assertThatThrownBy(() -> new BoundedMap<>(0)).hasMessage("max must be at least 1, but is 0");
    }
}
