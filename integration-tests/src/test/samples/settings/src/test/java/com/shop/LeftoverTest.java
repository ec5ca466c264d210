package com.shop;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

class LeftoverTest {

    private static final CountDownLatch BLOCKED = new CountDownLatch(1);

    private static volatile boolean over;

    @Test
    void leavesWorkBehind() {
        again();
    }

    /** Does nothing while the test runs, and blocks after its end. */
    private static void again() {
        if (over) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                BLOCKED.countDown();
            }
        } else {
            Schedulers.parallel().schedule(LeftoverTest::again, 10, TimeUnit.MILLISECONDS);
        }
    }

    @AfterAll
    static void end() throws InterruptedException {
        over = true;
        BLOCKED.await();
    }
}
