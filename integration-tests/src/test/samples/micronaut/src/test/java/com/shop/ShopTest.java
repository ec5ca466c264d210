package com.shop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.stallsight.junit.FailOnBlocking;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@MicronautTest
@FailOnBlocking(threshold = "1ms")
class ShopTest {

    @Inject
    @Client("/")
    HttpClient client;

    @Test
    void fast() {
        assertTrue(client.toBlocking().retrieve("/fast").contains("anna"));
    }

    @Test
    void slow() {
        assertTrue(client.toBlocking().retrieve("/slow").contains("bob"));
    }
}
