package com.shop;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.resteasy.reactive.RestPath;

/** A resource that calls itself: by methods on the loop, on a worker, and on a virtual thread. */
@Path("/")
public class Service {

    private final AtomicInteger turn = new AtomicInteger();
    private volatile Shop shop;

    @GET
    @Path("hello")
    public Uni<Map<String, String>> hello(@Context UriInfo uri) {
        return switch (turn.getAndIncrement() % 3) {
            case 0 -> shop(uri).world();
            case 1 -> shop(uri).blocking();
            default -> shop(uri).virtual();
        };
    }

    @GET
    @Path("world")
    public Uni<Map<String, String>> world() {
        return Uni.createFrom().item(Map.of("hello", "world"));
    }

    @GET
    @Path("blocking")
    @Blocking
    public Map<String, String> blocking(@Context UriInfo uri) {
        return shop(uri).awaitWorld();
    }

    @GET
    @Path("virtual")
    @RunOnVirtualThread
    public Map<String, String> virtual(@Context UriInfo uri) {
        return shop(uri).awaitWorld();
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

    /** The port is known once a request has come. */
    private Shop shop(UriInfo uri) {
        Shop known = shop;
        if (known == null) {
            known = QuarkusRestClientBuilder.newBuilder().baseUri(uri.getBaseUri()).build(Shop.class);
            shop = known;
        }
        return known;
    }
}
