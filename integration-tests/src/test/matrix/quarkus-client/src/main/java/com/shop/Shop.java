package com.shop;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Map;

/** The client of this service. */
@Path("/")
public interface Shop {

    @GET
    @Path("world")
    Uni<Map<String, String>> world();

    @GET
    @Path("world")
    Map<String, String> awaitWorld();

    @GET
    @Path("blocking")
    Uni<Map<String, String>> blocking();

    @GET
    @Path("virtual")
    Uni<Map<String, String>> virtual();
}
