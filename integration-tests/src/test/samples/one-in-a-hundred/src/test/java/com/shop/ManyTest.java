package com.shop;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A thousand tests at once on the same loops. Each hundredth test blocks, by work that it has handed over. */
class ManyTest {

    private static final EventLoopGroup NETTY = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final ExecutorService SHARED = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "shared-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    /** Waits until each loop has waited once: the agent recognises Netty's loops by that. */
    @BeforeAll
    static void startLoops() throws Exception {
        for (EventExecutor loop : NETTY) {
            loop.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).get();
        }
    }

    static IntStream numbers() {
        return IntStream.range(0, 1_000);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    @Timeout(60)
    void test(int number) throws Exception {
        boolean blocks = number % 100 == 7;
        switch (number / 100 % 5) {
            case 0 -> Mono.fromCallable(() -> work(blocks)).subscribeOn(Schedulers.parallel()).block();
            case 1 -> NETTY.submit(() -> work(blocks)).get();
            case 2 -> SHARED.submit(() -> work(blocks)).get();
            // over several threads: a pool that may block, a timer, a loop
            case 3 -> Mono.fromCallable(() -> number)
                    .subscribeOn(Schedulers.boundedElastic())
                    .delayElement(java.time.Duration.ofMillis(1))
                    .publishOn(Schedulers.parallel())
                    .map(any -> work(blocks))
                    .block();
            default -> {
                CompletableFuture<Integer> done = new CompletableFuture<>();
                NETTY.schedule(() -> SHARED.execute(() -> done.complete(work(blocks))), 1, TimeUnit.MILLISECONDS);
                done.get();
            }
        }
    }

    private static int work(boolean blocks) {
        if (blocks) {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return 1;
    }
}
