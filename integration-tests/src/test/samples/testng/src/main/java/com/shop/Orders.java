package com.shop;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Asynchronous on the outside. */
class Orders {

    Mono<String> slow(String customer) {
        return Mono.fromCallable(() -> load(customer)).subscribeOn(Schedulers.parallel());
    }

    Mono<String> fast(String customer) {
        return Mono.fromCallable(() -> "orders of " + customer).subscribeOn(Schedulers.parallel());
    }

    private static String load(String customer) throws InterruptedException {
        Thread.sleep(20); // as a driver would
        return "orders of " + customer;
    }
}
