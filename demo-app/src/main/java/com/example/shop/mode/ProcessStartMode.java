package com.example.shop.mode;

import com.example.shop.offload.Offload;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * A label is printed by a command line tool. Both the start and the wait for the exit hold the thread; the tool itself
 * takes no time.
 */
@RestController
@RequestMapping("/modes/process-start")
class ProcessStartMode {
    private static final String[] PRINT_LABEL = {"echo", "order 1"};

    private final Offload offload;

    ProcessStartMode(Offload offload) {
        this.offload = offload;
    }

    @GetMapping("/wrong")
    Mono<Integer> wrong() throws IOException, InterruptedException {
        int exitCode = new ProcessBuilder(PRINT_LABEL).start().waitFor(); // blocks here: process-start
        return Mono.just(exitCode);
    }

    /** {@code Process.onExit} waits without a thread of ours, but starting a process blocks in any case. */
    @GetMapping("/right")
    Mono<Integer> right() {
        return Mono.fromCallable(() -> new ProcessBuilder(PRINT_LABEL).start())
                .subscribeOn(offload.blocking())
                .flatMap(process -> Mono.fromFuture(process.onExit()))
                .map(Process::exitValue);
    }
}
