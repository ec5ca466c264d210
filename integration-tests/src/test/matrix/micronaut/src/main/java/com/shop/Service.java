package com.shop;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.runtime.Micronaut;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Map;

/** A controller. */
@Controller
public class Service {

    public static void main(String[] args) {
        EmbeddedServer server = Micronaut.run(Service.class, args).getBean(EmbeddedServer.class);
        System.out.println("PORT " + server.getPort());
    }

    @Get("/hello")
    Map<String, String> hello() {
        return Map.of("hello", "world");
    }

    @Get(value = "/fault/{kind}", produces = "text/plain")
    String fault(String kind) {
        return Faults.run(kind);
    }

    @Get(value = "/offloaded/{kind}", produces = "text/plain")
    @ExecuteOn(TaskExecutors.IO)
    String offloaded(String kind) {
        return Faults.run(kind);
    }
}
