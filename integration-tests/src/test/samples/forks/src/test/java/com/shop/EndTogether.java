package com.shop;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInfo;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Each class has its own JVM. All JVMs end at the same time and write their findings then. */
abstract class EndTogether {

    private static final int JVMS = 4;

    @AfterAll
    static void waitForTheOthers(TestInfo test) throws IOException {
        File folder = new File("target/ended");
        folder.mkdirs();
        new File(folder, test.getDisplayName()).createNewFile();
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (folder.list().length < JVMS) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("alone after a minute");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    interface Work {
        void run() throws InterruptedException;
    }

    static void onALoop(Work work) {
        Mono.fromCallable(() -> {
                    work.run();
                    return 1;
                })
                .subscribeOn(Schedulers.parallel())
                .block();
    }
}
