package com.example.shop.mode;

import com.example.shop.offload.Offload;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Is the host of a customer's callback known? A name lookup of the JDK holds its thread until the resolver has
 * answered.
 */
@RestController
@RequestMapping("/modes/dns")
class DnsMode {
    private final AtomicLong customers = new AtomicLong();
    private final Offload offload;

    DnsMode(Offload offload) {
        this.offload = offload;
    }

    @GetMapping("/wrong")
    Mono<Boolean> wrong() {
        try {
            InetAddress.getByName(callbackHost()); // blocks here: dns
            return Mono.just(true);
        } catch (UnknownHostException unknown) {
            return Mono.just(false);
        }
    }

    @GetMapping("/right")
    Mono<Boolean> right() {
        return Mono.fromCallable(() -> InetAddress.getByName(callbackHost()))
                .subscribeOn(offload.blocking())
                .hasElement()
                .onErrorReturn(UnknownHostException.class, false);
    }

    /** Another name each time: the JDK caches answers for some seconds, and a cached answer takes no time. */
    private String callbackHost() {
        return "customer-" + customers.incrementAndGet() + ".invalid";
    }
}
