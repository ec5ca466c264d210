package com.example.shop.mode;

import io.stallsight.junit.FailOnBlocking;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * A service's tests as they would be written with Stallsight: one annotation, and a request to a real server. Those of
 * {@link #wrong} fail by design, so {@link LoopIT} runs this class and says what has to come out.
 */
@FailOnBlocking(threshold = "1ms")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class LoopCases {

    @Autowired
    private WebTestClient client;

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"sleep", "http-client", "hidden-library", "block-get", "file-io", "process-start"})
    void wrong(String mode) {
        get("/modes/" + mode + "/wrong");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"sleep", "http-client", "hidden-library", "block-get", "file-io", "process-start"})
    void right(String mode) {
        get("/modes/" + mode + "/right");
    }

    private void get(String path) {
        client.mutate()
                .responseTimeout(java.time.Duration.ofSeconds(20))
                .build()
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult();
    }
}
