package com.shop;

import java.util.concurrent.Callable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Blocks the event loops that all tests share. A different setting accepts each of these calls. */
public final class Loop {

    private Loop() {}

    /** Accepted by the file of rules. */
    static int warmUp() throws InterruptedException {
        Thread.sleep(600);
        return 1;
    }

    /** Shorter than the threshold of the suite. */
    static int quick() throws InterruptedException {
        Thread.sleep(20);
        return 1;
    }

    /** Accepted in a package. */
    public static int nightly() throws InterruptedException {
        Thread.sleep(600);
        return 1;
    }

    public static void run(Callable<Integer> work) {
        Mono.fromCallable(work).subscribeOn(Schedulers.parallel()).block();
    }
}
