package com.example.shop.mode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Wrong or right, the shop's customers get the same answer; only the loop knows the difference. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ModesTest {
    @Autowired
    private WebTestClient client;

    @ParameterizedTest
    @CsvSource({
        "sleep, booked",
        "http-client, 9.90",
        "hidden-library, 17",
        "block-get, 9.90",
        "file-io, 8388608",
        "dns, false",
        "process-start, 0",
        "blocking-log-appender, placed",
        "pool-exhaustion, exported",
        "connections-slow, 12",
        "connections-nested, paid",
        "connections-leak, in stock",
        "fan-out, 120",
        "http2-fan-out, 200",
        "many-small-tasks, 1996224",
    })
    void wrongAndRight_giveTheSameAnswer(String mode, String answer) {
        assertThat(get("/modes/" + mode + "/wrong")).isEqualTo(answer);
        assertThat(get("/modes/" + mode + "/right")).isEqualTo(answer);
    }

    @Test
    void jdbc_wrongAndRight_giveTheSameOrders() {
        String orders = "[{\"id\": 3, \"customer\": \"grace\", \"item\": \"cup\", \"quantity\": 12}]";

        client.get().uri("/modes/jdbc/wrong").exchange().expectBody().json(orders);
        client.get().uri("/modes/jdbc/right").exchange().expectBody().json(orders);
    }

    @ParameterizedTest
    @CsvSource({"lock-synchronized", "lock-reentrant"})
    void lock_wrongAndRight_takeAnItemEach(String mode) {
        int first = Integer.parseInt(get("/modes/" + mode + "/wrong"));

        assertThat(Integer.parseInt(get("/modes/" + mode + "/right"))).isEqualTo(first - 1);
    }

    @ParameterizedTest
    @CsvSource({"wrong", "right"})
    void cpuThumbnail_isPng(String side) {
        client.get()
                .uri("/modes/cpu-thumbnail/" + side)
                .exchange()
                .expectHeader()
                .contentType(MediaType.IMAGE_PNG)
                .expectBody(byte[].class)
                .value(png -> assertThat(png).startsWith(0x89, 'P', 'N', 'G'));
    }

    @Test
    void selfDeadlock_wrong_timesOut() {
        client.get().uri("/modes/self-deadlock/wrong").exchange().expectStatus().isEqualTo(HttpStatus.GATEWAY_TIMEOUT);
        assertThat(get("/modes/self-deadlock/right")).isEqualTo("9.90");
    }

    @Test
    void blockRefused_wrong_isRefusedByReactor() {
        client.get()
                .uri("/modes/block-refused/wrong")
                .exchange()
                .expectStatus()
                .is5xxServerError()
                .expectBody(String.class)
                .value(refusal -> assertThat(refusal).contains("blocking, which is not supported in thread"));
        assertThat(get("/modes/block-refused/right")).isEqualTo("9.90");
    }

    @ParameterizedTest
    @CsvSource({"wrong", "right", "neighbour"})
    @EnabledForJreRange(max = JRE.JAVA_20)
    void pinning_withoutVirtualThreads_isNotImplemented(String side) {
        client.get().uri("/modes/pinning/" + side).exchange().expectStatus().isEqualTo(HttpStatus.NOT_IMPLEMENTED);
    }

    @ParameterizedTest
    @CsvSource({"wrong", "right", "neighbour"})
    @EnabledForJreRange(min = JRE.JAVA_21)
    void pinning_prices(String side) {
        assertThat(get("/modes/pinning/" + side)).isEqualTo("priced");
    }

    @ParameterizedTest
    @CsvSource({
        "/modes/pool-exhaustion/wrong/neighbour, quick",
        "/modes/pool-exhaustion/right/neighbour, quick",
        "/modes/connections-slow/neighbour, 12",
        "/modes/fan-out/neighbour, 12",
        "/modes/http2-fan-out/neighbour, 12",
        "/hello, hello",
    })
    void neighbours_answer(String path, String answer) {
        assertThat(get(path)).isEqualTo(answer);
    }

    private String get(String path) {
        return client.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }
}
