package com.shop;

import io.stallsight.junit.FailOnBlocking;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.web.reactive.server.WebTestClient;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@FailOnBlocking(threshold = "1ms")
class ShopTest {

    @Autowired
    WebTestClient client;

    /** The first requests load classes and fill caches. */
    @BeforeAll
    static void warmUp(@Autowired WebTestClient client) {
        client.get().uri("/fast").exchange().expectStatus().isOk();
    }

    @Test
    void fast() {
        client.get().uri("/fast").exchange().expectStatus().isOk();
    }

    @Test
    void slow() {
        client.get().uri("/slow").exchange().expectStatus().isOk();
    }
}
