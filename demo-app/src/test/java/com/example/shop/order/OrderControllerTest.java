package com.example.shop.order;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.web.reactive.server.WebTestClient;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class OrderControllerTest {
    @Autowired
    private WebTestClient client;

    @Test
    void find_knownOrder_isJson() {
        client.get()
                .uri("/orders/2")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("{\"id\": 2, \"customer\": \"ada\", \"item\": \"teapot\", \"quantity\": 2}");
    }

    @Test
    void find_unknownOrder_isNotFound() {
        client.get().uri("/orders/9").exchange().expectStatus().isNotFound();
    }
}
