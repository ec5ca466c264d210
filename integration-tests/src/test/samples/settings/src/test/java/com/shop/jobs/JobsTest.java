package com.shop.jobs;

import com.shop.Loop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JobsTest {

    @Test
    void allowedInThePackage() {
        Loop.run(Loop::nightly);
    }

    @Test
    void notOfTheKindThatCountsInThePackage() {
        Loop.run(() -> {
            new CountDownLatch(1).await(600, TimeUnit.MILLISECONDS);
            return 1;
        });
    }
}
