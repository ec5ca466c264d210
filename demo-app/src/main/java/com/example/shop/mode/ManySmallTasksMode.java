package com.example.shop.mode;

import com.example.shop.offload.Offload;
import io.netty.util.concurrent.EventExecutor;
import java.util.stream.LongStream;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Prices thousands of lines, each in a task that takes microseconds. None of the tasks is slow, but together they make
 * the loop late.
 */
@RestController
@RequestMapping("/modes/many-small-tasks")
class ManySmallTasksMode {
    private static final int LINES = 4_000;
    private static final int WORK = 20_000;

    private final ReactorResourceFactory reactor;
    private final Offload offload;

    ManySmallTasksMode(ReactorResourceFactory reactor, Offload offload) {
        this.reactor = reactor;
        this.offload = offload;
    }

    /** One task for each line, queued on a loop of the server. */
    @GetMapping("/wrong")
    Mono<Long> wrong() {
        EventExecutor loop = reactor.getLoopResources().onServer(true).next();
        Scheduler scheduler = Schedulers.fromExecutor(loop);
        return Flux.range(0, LINES)
                .flatMap(line -> Mono.fromCallable(() -> price(line)).subscribeOn(scheduler), LINES)
                .reduce(0L, Long::sum);
    }

    /** One task for all lines, on the pool for CPU work. */
    @GetMapping("/right")
    Mono<Long> right() {
        return Mono.fromCallable(() -> LongStream.range(0, LINES)
                        .map(ManySmallTasksMode::price)
                        .sum())
                .subscribeOn(offload.cpu());
    }

    /** Some 20 µs of arithmetic. */
    private static long price(long line) {
        long price = line;
        for (int i = 0; i < WORK; i++) {
            price = price * 31 + i;
        }
        return Math.floorMod(price, 1_000L);
    }
}
