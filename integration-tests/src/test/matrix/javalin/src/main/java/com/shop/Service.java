package com.shop;

import io.javalin.Javalin;

/** Handlers as lambdas. */
public final class Service {

    public static void main(String[] args) {
        Javalin service = Javalin.create();
        service.get("/hello", context -> context.result("hello"));
        service.get("/fault/{kind}", context -> context.result(Faults.run(context.pathParam("kind"))));
        service.get("/offloaded/{kind}", context -> context.result(Faults.run(context.pathParam("kind"))));
        service.start(0);
        Runtime.getRuntime().addShutdownHook(new Thread(service::stop));
        System.out.println("PORT " + service.port());
    }
}
