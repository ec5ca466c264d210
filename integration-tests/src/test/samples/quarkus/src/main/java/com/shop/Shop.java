package com.shop;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.util.List;

@Path("/")
public class Shop {

    public record Order(String customer, int number) {}

    @GET
    @Path("fast")
    public Uni<List<Order>> fast() {
        return Uni.createFrom().item(List.of(new Order("anna", 1))).onItem().delayIt().by(Duration.ofMillis(5));
    }

    @GET
    @Path("slow")
    public Uni<List<Order>> slow() throws InterruptedException {
        Thread.sleep(20);
        return Uni.createFrom().item(List.of(new Order("bob", 2)));
    }
}
