package com.example.shop.mode;

import java.time.Duration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * The payment provider wants a pause between two bookings. The hybrid: a handler that looks asynchronous calls code
 * that is not.
 */
@RestController
@RequestMapping("/modes/sleep")
class SleepMode {
    private static final Duration PAUSE = Duration.ofMillis(100);

    @GetMapping("/wrong")
    Mono<String> wrong() {
        waitForBookingSlot();
        return Mono.just("booked");
    }

    @GetMapping("/right")
    Mono<String> right() {
        return Mono.delay(PAUSE).thenReturn("booked");
    }

    private static void waitForBookingSlot() {
        try {
            Thread.sleep(PAUSE.toMillis()); // blocks here: sleep
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
