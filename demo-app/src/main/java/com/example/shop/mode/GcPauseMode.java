package com.example.shop.mode;

import com.example.shop.offload.Offload;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * The innocent case: a report elsewhere in the service fills the heap, and the collector stops the loops in the middle
 * of a millisecond of work. The twin does the same work without the report.
 */
@RestController
@RequestMapping("/modes/gc-pause")
class GcPauseMode {
    private static final int OBJECTS = 4_000_000;
    private static final int COLLECTIONS = 3;
    private static final int WORK = 2_000_000;

    private final Offload offload;
    private final AtomicBoolean reporting = new AtomicBoolean();

    GcPauseMode(Offload offload) {
        this.offload = offload;
    }

    @GetMapping("/wrong")
    Mono<Long> wrong() {
        if (reporting.compareAndSet(false, true)) {
            offload.blocking().schedule(this::report);
        }
        return right();
    }

    @GetMapping("/right")
    Mono<Long> right() {
        long sum = 0;
        for (int i = 0; i < WORK; i++) {
            sum = sum * 31 + i;
        }
        return Mono.just(sum);
    }

    private void report() {
        try {
            Line first = null;
            for (int i = 0; i < OBJECTS; i++) {
                first = new Line(first, i);
            }
            for (int i = 0; i < COLLECTIONS; i++) {
                System.gc();
            }
            if (first == null) {
                throw new IllegalStateException("an empty report");
            }
        } finally {
            reporting.set(false);
        }
    }

    /** A line of the report, with a reference to the line before. */
    private record Line(@Nullable Line before, long number) {}
}
