package com.shop;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.annotation.Blocking;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.ProducesJson;
import java.util.Map;

/** An annotated service. */
public final class Service {

    public static void main(String[] args) {
        Server server = Server.builder().http(0).annotatedService(new Service()).build();
        server.closeOnJvmShutdown();
        server.start().join();
        System.out.println("PORT " + server.activeLocalPort());
    }

    @Get("/hello")
    @ProducesJson
    public Map<String, String> hello() {
        return Map.of("hello", "world");
    }

    @Get("/fault/{kind}")
    public String fault(@Param("kind") String kind) {
        return Faults.run(kind);
    }

    @Get("/offloaded/{kind}")
    @Blocking
    public String offloaded(@Param("kind") String kind) {
        return Faults.run(kind);
    }
}
