package com.example.shop.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.stallsight.junit.FailOnBlocking;
import io.stallsight.junit.FailOnStall;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * A service's tests with Stallsight: an annotation, and requests to a real server. The tests named {@code wrong} fail
 * by design, so {@link LoopIT} runs this class and checks the results.
 *
 * <p>Some modes of the shop are not here. No test can fail for {@code block-refused}, which Reactor itself refuses, for
 * {@code gc-pause}, for which no code is to blame, and for {@code fan-out}, {@code http2-fan-out} and {@code pinning},
 * which block no loop. The pools of connections are left out because they take long.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class LoopCases {

    private static final Duration BEFORE_A_VISIT = Duration.ofMillis(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final int FEW = 4;

    /**
     * One after the other, these visits take more than 300 ms, so they meet a lock that is held for 80 of 100 ms more
     * than once. All at once, they are three seconds of work for the four workers of a pool.
     */
    private static final int MANY = 60;

    /** More than one visit: a stall that a busy machine causes does not count. */
    private static final int SOME = 10;

    /** Success, and the answers of the bounded pool and of the self-deadlock by design. */
    private static final Set<Integer> STATUSES = Set.of(200, 503, 504);

    /** One connection for each visitor; the default has fewer. */
    private static final ConnectionProvider CONNECTIONS = ConnectionProvider.create("visitors", MANY);

    private final WebClient client;

    LoopCases(@LocalServerPort int port) {
        this.client = client(port, CONNECTIONS);
    }

    /**
     * The first requests, and the first connection of each loop, fill caches under locks. These tests are not about
     * that. Here one visitor comes after the other, each with its own connection, so no visitor waits for a lock.
     */
    @BeforeAll
    static void warmUp(@LocalServerPort int port) {
        WebClient client = client(port, ConnectionProvider.newConnection());
        Stream.concat(blocking(), stalling())
                .forEach(mode -> visit(client, "/modes/" + mode.get()[0] + "/right", 1, 1));
    }

    static Stream<Arguments> blocking() {
        return Stream.of(
                arguments("sleep", FEW),
                arguments("http-client", FEW),
                arguments("jdbc", FEW),
                arguments("hidden-library", FEW),
                arguments("block-get", FEW),
                arguments("self-deadlock", FEW),
                arguments("lock-synchronized", MANY),
                arguments("lock-reentrant", MANY),
                arguments("file-io", FEW),
                arguments("dns", FEW),
                arguments("process-start", FEW),
                arguments("blocking-log-appender", FEW));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("blocking")
    @FailOnBlocking(threshold = "500us")
    void wrong(String mode, int visits) {
        visit(client, "/modes/" + mode + "/wrong", visits, 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("blocking")
    @FailOnBlocking(threshold = "500us")
    void right(String mode, int visits) {
        visit(client, "/modes/" + mode + "/right", visits, 1);
    }

    /** Modes without a blocking call on a loop. */
    static Stream<Arguments> stalling() {
        return Stream.of(arguments("cpu-thumbnail", SOME), arguments("many-small-tasks", SOME));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stalling")
    @FailOnStall(threshold = "20ms")
    void wrong_stallsTheLoop(String mode, int visits) {
        visit(client, "/modes/" + mode + "/wrong", visits, 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stalling")
    @FailOnStall(threshold = "20ms")
    void right_keepsTheLoopFree(String mode, int visits) {
        visit(client, "/modes/" + mode + "/right", visits, 1);
    }

    /** A high threshold for loops: this many visitors at once make the loops wait for locks of the pool. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = "pool-exhaustion")
    @FailOnStall(threshold = "10s")
    void wrong_fillsAPool(String mode) {
        visit(client, "/modes/" + mode + "/wrong", MANY, MANY);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = "pool-exhaustion")
    @FailOnStall(threshold = "10s")
    void right_refusesRequestsBeyondItsQueue(String mode) {
        visit(client, "/modes/" + mode + "/right", MANY, MANY);
    }

    /** Returns when all visitors have been served. */
    private static void visit(WebClient client, String path, int visits, int atOnce) {
        assertThat(Flux.range(0, visits)
                        .flatMap(visit -> Mono.delay(BEFORE_A_VISIT).then(status(client, path)), atOnce)
                        .collectList()
                        .block(TIMEOUT))
                .hasSize(visits)
                .isSubsetOf(STATUSES);
    }

    private static Mono<Integer> status(WebClient client, String path) {
        return client.get()
                .uri(path)
                .exchangeToMono(response ->
                        response.releaseBody().thenReturn(response.statusCode().value()));
    }

    private static WebClient client(int port, ConnectionProvider connections) {
        return WebClient.builder()
                .baseUrl("http://127.0.0.1:" + port)
                .clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections)))
                .build();
    }
}
