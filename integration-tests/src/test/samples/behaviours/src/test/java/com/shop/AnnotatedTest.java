package com.shop;

import io.stallsight.api.Kind;
import io.stallsight.junit.AllowBlocking;
import io.stallsight.junit.FailOnBlocking;
import io.stallsight.junit.FailOnStall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class AnnotatedTest {

    @Test
    @AllowBlocking(value = "com.shop.Loop#sleep", reason = "that is what it is for")
    void allowed() {
        Loop.block();
    }

    @Test
    @AllowBlocking(value = "com.shop.Loop", reason = " ")
    void allowedForNoReason() {
        Loop.block();
    }

    @Test
    @AllowBlocking(value = "com shop", reason = "because")
    void allowedByARuleThatIsNone() {}

    @Test
    @AllowBlocking(value = "com.shop.Nothing", reason = "matches nothing")
    void allowedElsewhere() {
        Loop.block();
    }

    @Test
    @FailOnBlocking(threshold = "5s")
    void shorterThanTheThreshold() {
        Loop.block();
    }

    @Test
    @FailOnBlocking(kinds = Kind.JDBC)
    void ofAnotherKind() {
        Loop.block();
    }

    @Test
    @FailOnBlocking(kinds = {Kind.JDBC, Kind.SLEEP})
    void ofThatKind() {
        Loop.block();
    }

    @Test
    @FailOnBlocking(threads = "shop-worker-*")
    void onAThreadThatIsNamed() throws Exception {
        sleepOn("shop-worker-1");
    }

    @Test
    void onAThreadThatAnotherTestNames() throws Exception {
        sleepOn("shop-worker-2");
    }

    @Test
    @FailOnBlocking(threads = "shop-worker-*")
    void onALoopThatIsNotNamed() {
        Loop.block();
    }

    private static void sleepOn(String name) throws InterruptedException {
        Thread thread = new Thread(
                () -> {
                    try {
                        Loop.sleep();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                name);
        thread.start();
        thread.join();
    }

    @Test
    @FailOnBlocking(when = FailOnBlocking.When.CALL)
    void refused() throws Exception {
        try {
            Loop.start(Loop::sleep).get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw (Error) e.getCause();
        }
    }

    @Test
    @FailOnBlocking(when = FailOnBlocking.When.CALL)
    void refusedAndSwallowed() {
        Loop.run(() -> {
            try {
                Loop.sleep();
            } catch (Throwable swallowed) {
                // some libraries catch and drop errors
            }
        });
    }

    @Test
    @FailOnStall
    @FailOnBlocking(kinds = Kind.JDBC)
    void standsStill() {
        Loop.run(() -> Thread.sleep(300));
    }

    @Test
    @FailOnStall(threshold = "5s")
    @FailOnBlocking(kinds = Kind.JDBC)
    void standsStillNotForLong() {
        Loop.run(() -> Thread.sleep(300));
    }

    @Test
    @FailOnStall
    void exhaustsAPool() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            CountDownLatch stop = new CountDownLatch(1);
            List<Future<?>> tasks = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                tasks.add(pool.submit(() -> {
                    stop.await();
                    return null;
                }));
            }
            Thread.sleep(2_500);
            stop.countDown();
            for (Future<?> task : tasks) {
                task.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
