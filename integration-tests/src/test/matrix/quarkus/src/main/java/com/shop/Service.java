package com.shop;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;

/** A reactive resource. */
@Path("/")
public class Service {

    @GET
    @Path("hello")
    public Uni<Map<String, String>> hello() {
        return Uni.createFrom().item(Map.of("hello", "world"));
    }

    @GET
    @Path("fault/{kind}")
    public Uni<String> fault(@RestPath String kind) {
        return Uni.createFrom().item(() -> Faults.run(kind));
    }

    @GET
    @Path("offloaded/{kind}")
    @Blocking
    public String offloaded(@RestPath String kind) {
        return Faults.run(kind);
    }
}
