package com.example.shop.mode;

import com.example.shop.upstream.UpstreamClient;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code block()} on a loop: Reactor throws before anything blocks. */
@RestController
@RequestMapping("/modes/block-refused")
class BlockRefusedMode {
    private final UpstreamClient client;

    BlockRefusedMode(UpstreamClient client) {
        this.client = client;
    }

    @GetMapping("/wrong")
    Mono<String> wrong() {
        return Mono.justOrEmpty(client.price("kettle").block());
    }

    @GetMapping("/right")
    Mono<String> right() {
        return client.price("kettle");
    }

    @ExceptionHandler(IllegalStateException.class)
    @ResponseStatus(HttpStatus.INTERNAL_SERVER_ERROR)
    String refused(IllegalStateException refusal) {
        return String.valueOf(refusal.getMessage());
    }
}
