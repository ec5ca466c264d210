package com.shop;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;

/** A service with its own metrics. Knows nothing of an agent. Ends when its standard input does. */
@SpringBootApplication
@RestController
public class ShopApplication {

    public static void main(String[] args) throws Exception {
        SpringApplication.run(ShopApplication.class, args);
        while (System.in.read() >= 0) {
            // until the test has seen enough
        }
        System.exit(0);
    }

    private final Queue<Long> waits = new ConcurrentLinkedQueue<>();
    private volatile int port;

    @EventListener
    public void started(WebServerInitializedEvent event) {
        port = event.getWebServer().getPort();
        System.out.println("PORT " + port);
    }

    /** Calls another service, which is this one. */
    @GetMapping("/remote")
    public Mono<String> remote() {
        return WebClient.create("http://127.0.0.1:" + port + "/offloaded").get().retrieve().bodyToMono(String.class);
    }

    /** Blocks the event loop for longer than a stall's threshold. */
    @GetMapping("/slow")
    public Mono<String> slow() throws InterruptedException {
        Thread.sleep(150);
        return Mono.just("slow");
    }

    /** From here on a task is queued to each event loop every 10 ms, whatever became of the tasks before it. */
    @GetMapping("/probe")
    public Mono<String> probe() {
        Thread thread = new Thread(this::probeLoops, "probe");
        thread.setDaemon(true);
        thread.start();
        return Mono.just("probe");
    }

    private void probeLoops() {
        EventLoopGroup loops = HttpResources.get().onServer(LoopResources.DEFAULT_NATIVE);
        for (long due = System.nanoTime(); ; due += 10_000_000) {
            for (EventExecutor loop : loops) {
                long queued = System.nanoTime();
                loop.execute(() -> waits.add(System.nanoTime() - queued));
            }
            LockSupport.parkNanos(due + 10_000_000 - System.nanoTime());
        }
    }

    /** How long each of these tasks has waited, nanoseconds. */
    @GetMapping("/waits")
    public Mono<String> waits() {
        return Mono.fromCallable(() -> waits.stream().map(Object::toString).collect(Collectors.joining(",")))
                .subscribeOn(Schedulers.boundedElastic());
    }

    @GetMapping("/offloaded")
    public Mono<String> offloaded() {
        return Mono.fromCallable(() -> "offloaded").subscribeOn(Schedulers.boundedElastic());
    }
}
