package com.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

/** No annotation at all: auto-detection is on. */
class PlainTest {

    @Test
    void clean() {
        Loop.run(() -> {});
    }

    @Test
    void blocks() {
        Loop.block();
    }

    @Test
    void blocksTwice() {
        Loop.block();
        Loop.block();
    }

    @Test
    void blocksOffTheLoop() throws Exception {
        Thread.sleep(5);
    }

    @Test
    void ownFailureAndBlocks() {
        Loop.block();
        assertEquals("right", "wrong");
    }

    @Test
    void abortedAndBlocks() {
        Loop.block();
        assumeTrue(false, "no reason to go on");
    }

    @Test
    void endsBeforeItsWork() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Loop.start(() -> {
            begun.countDown();
            Thread.sleep(100);
        });
        begun.await();
    }

    @Test
    void queuesForAMonitor() throws Exception {
        Object lock = new Object();
        CountDownLatch inside = new CountDownLatch(1);
        synchronized (lock) {
            Schedulers.parallel().schedule(() -> {
                inside.countDown();
                synchronized (lock) {
                    lock.hashCode();
                }
            });
            inside.await();
            Thread.sleep(300); // the agent sees this from outside, and needs some time on a busy machine
        }
    }

    @Test
    void prints() {
        Loop.run(() -> System.out.println("a line of the application, printed on a loop"));
    }
}
