package io.stallsight.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.thread.Callee;
import io.stallsight.engine.thread.Doorbell;
import io.stallsight.hook.StallsightSampling;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SamplingThreadTest {

    private static final long LONG = TimeUnit.HOURS.toNanos(1);

    private final AtomicInteger steps = new AtomicInteger();
    private volatile boolean rests = true;
    private final Heartbeats beats = new Heartbeats();
    private final Doorbell bell = new Doorbell();
    private final SamplingThread thread = new SamplingThread(LONG, beats, bell, List.of(new Sampler() {
        @Override
        public boolean rests() {
            return rests;
        }

        @Override
        public void step(long now) {
            steps.incrementAndGet();
        }
    }));

    @BeforeEach
    void start() {
        thread.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        thread.stop();
    }

    @Test
    void allRest_sleepsUntilRung() {
        awaitThat(StallsightSampling::isAsleep);
        int before = steps.get();

        bell.ring();

        awaitThat(() -> steps.get() > before);
        awaitThat(StallsightSampling::isAsleep);
    }

    @Test
    void roomIsBusy_stepsGoOn() {
        awaitThat(StallsightSampling::isAsleep);
        rests = false;

        bell.ring();

        int before = steps.get();
        awaitThat(() -> steps.get() > before + 3);
        assertThat(StallsightSampling.isAsleep()).isFalse();
    }

    @Test
    void watchingThreadWantsBeats_stepsGoOn() {
        awaitThat(StallsightSampling::isAsleep);

        assertThat(beats.want(true)).isTrue();
        bell.ring();

        int before = steps.get();
        awaitThat(() -> steps.get() > before + 3);
        assertThat(beats.want(true)).isFalse();
    }

    @Test
    void roomThatHangs_doesNotStopTheOthers() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger hung = new AtomicInteger();
        AtomicInteger stepsOfNext = new AtomicInteger();
        AtomicInteger afterHanging = new AtomicInteger();
        Callee callee = new Callee("the test goes on");
        SamplingThread hanging = new SamplingThread(
                TimeUnit.MILLISECONDS.toNanos(10),
                new Heartbeats(),
                new Doorbell(),
                List.of(
                        new Sampler() {
                            @Override
                            public void step(long now) {
                                callee.call("room", () -> hang(hung, end), false);
                                afterHanging.incrementAndGet();
                            }
                        },
                        new Sampler() {
                            @Override
                            public void step(long now) {
                                stepsOfNext.incrementAndGet();
                            }
                        }));
        hanging.start();
        awaitThat(() -> hung.get() == 1);
        assertThat(stepsOfNext).hasValue(0);

        long now = System.nanoTime();
        for (int i = 0; i < 20 && !callee.isGivenUp("room"); i++) {
            hanging.thread().look(now += TimeUnit.MILLISECONDS.toNanos(250));
        }

        awaitThat(() -> stepsOfNext.get() > 3);
        hanging.stop();
        int after = afterHanging.get();
        assertThat(hung).as("calls that hang").hasValue(1);
        end.countDown();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        assertThat(afterHanging).as("the lost thread touches nothing").hasValue(after);
    }

    private static boolean hang(AtomicInteger hung, CountDownLatch end) {
        hung.incrementAndGet();
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException e) {
                continue; // it does not listen
            }
        }
        return true;
    }

    private static void awaitThat(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
