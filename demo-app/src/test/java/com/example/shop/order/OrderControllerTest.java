package com.example.shop.order;

import static org.mockito.BDDMockito.given;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.reactive.WebFluxTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

@WebFluxTest(OrderController.class)
class OrderControllerTest {
    @Autowired
    private WebTestClient client;

    @MockitoBean
    private ReactiveOrders orders;

    @Test
    void find_knownOrder_isJson() {
        given(orders.find(2)).willReturn(Mono.just(new Order(2, "ada", "teapot", 2)));

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
        given(orders.find(9)).willReturn(Mono.empty());

        client.get().uri("/orders/9").exchange().expectStatus().isNotFound();
    }
}
