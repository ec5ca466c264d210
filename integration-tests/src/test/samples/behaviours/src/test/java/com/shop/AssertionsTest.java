package com.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stallsight.api.Collector;
import io.stallsight.api.Kind;
import io.stallsight.api.Stallsight;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class AssertionsTest {

    @Test
    void assertNoBlocking_clean() {
        Stallsight.assertNoBlocking(() -> Loop.run(() -> {}));
    }

    @Test
    void assertNoBlocking_blocks() {
        Stallsight.assertNoBlocking(Loop::block);
    }

    @Test
    void assertNoBlocking_keepsTheTasksOwnError() {
        Stallsight.assertNoBlocking(() -> {
            Loop.block();
            throw new AssertionError("its own");
        });
    }

    @Test
    void collect_isQueried() {
        try (Collector collector = Stallsight.collect()) {
            Loop.block();
            assertEquals(1, collector.findings().ofKind(Kind.SLEEP).size());
            assertEquals(0, collector.findings().ofKind(Kind.JDBC).size());
            assertEquals(1, collector.findings().ofSite("com.shop.Loop#sleep").size());
            assertEquals(1, collector.findings().onLoopGroup("parallel-#").size());
            assertTrue(collector.findings().longerThan(Duration.ofSeconds(5)).isEmpty());
        }
    }

    @Test
    void assertOverlaps_timers() {
        Stallsight.assertOverlaps(20, () -> Mono.delay(Duration.ofMillis(50)).toFuture());
    }

    @Test
    void assertOverlaps_sleepOnOneLoop() {
        Scheduler one = Schedulers.newParallel("one", 1);
        try {
            Stallsight.assertOverlaps(5, () -> Loop_on(one));
        } finally {
            one.dispose();
        }
    }

    private static java.util.concurrent.CompletableFuture<Void> Loop_on(Scheduler scheduler) {
        return Mono.<Void>fromCallable(() -> {
                    Loop.sleep();
                    return null;
                })
                .subscribeOn(scheduler)
                .toFuture();
    }

    @Test
    void assertOverlaps_computesOnOneLoop() {
        Scheduler one = Schedulers.newParallel("one", 1);
        try {
            Stallsight.assertOverlaps(4, () -> Mono.fromRunnable(() -> {
                        long end = System.nanoTime() + 20_000_000L;
                        while (System.nanoTime() - end < 0) {
                            Thread.onSpinWait();
                        }
                    })
                    .subscribeOn(one)
                    .toFuture());
        } finally {
            one.dispose();
        }
    }

    @Test
    void assertOverlaps_oneAtATime() {
        Semaphore one = new Semaphore(1);
        Stallsight.assertOverlaps(4, () -> Mono.defer(() -> one.tryAcquire()
                        ? Mono.delay(Duration.ofMillis(20)).doFinally(end -> one.release())
                        : Mono.error(new IllegalStateException("busy")))
                .retryWhen(reactor.util.retry.Retry.fixedDelay(1_000, Duration.ofMillis(1)))
                .toFuture());
    }
}
