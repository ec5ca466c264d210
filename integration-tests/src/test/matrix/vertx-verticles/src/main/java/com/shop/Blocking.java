package com.shop;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;

/** A verticle whose thread may block. */
final class Blocking extends AbstractVerticle {

    private final String address;

    Blocking(String address) {
        this.address = address;
    }

    @Override
    public void start(Promise<Void> started) {
        vertx.eventBus().<String>consumer(address, message -> message.reply(answer(message.body())));
        started.complete();
    }

    private static String answer(String question) {
        if (!question.equals("hello")) {
            return Faults.run(question);
        }
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "world";
    }
}
