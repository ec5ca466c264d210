package com.example.shop.mode;

import com.example.shop.audit.AuditLog;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** One log line for each order. The configuration of the appender decides its cost. */
@RestController
@RequestMapping("/modes/blocking-log-appender")
class BlockingLogAppenderMode {
    private final AuditLog audit;

    BlockingLogAppenderMode(AuditLog audit) {
        this.audit = audit;
    }

    @GetMapping("/wrong")
    Mono<String> wrong() {
        audit.direct().info("order 1 was placed"); // blocks here: blocking-log-appender
        return Mono.just("placed");
    }

    @GetMapping("/right")
    Mono<String> right() {
        audit.queued().info("order 1 was placed");
        return Mono.just("placed");
    }
}
