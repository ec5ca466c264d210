package com.shop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import reactor.core.scheduler.Schedulers;

/** Runs things on the event loops that all tests share. */
final class Loop {

    private Loop() {}

    interface Work {
        void run() throws Exception;
    }

    /** Waits for its end. */
    static void run(Work work) {
        try {
            start(work).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    static CompletableFuture<Void> start(Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Schedulers.parallel().schedule(() -> {
            try {
                work.run();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    static void block() {
        run(Loop::sleep);
    }

    static void sleep() throws InterruptedException {
        Thread.sleep(10);
    }
}
