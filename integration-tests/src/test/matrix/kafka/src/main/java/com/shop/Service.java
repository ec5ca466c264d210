package com.shop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A shop that sends its orders to Kafka, and reads them again. */
public final class Service {

    private Service() {}

    public static void main(String[] args) throws Exception {
        Process broker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.shop.Broker")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Orders orders = new Orders(port(broker));
        DisposableServer server = HttpServer.create()
                .port(0)
                .route(routes -> routes.get(
                                "/hello", (request, response) -> response.sendString(orders.send("apples")))
                        .get("/fault/{kind}", (request, response) ->
                                response.sendString(Mono.fromSupplier(() -> Faults.run(request.param("kind")))))
                        .get("/offloaded/{kind}", (request, response) -> response.sendString(orders.send("pears")
                                .publishOn(Schedulers.boundedElastic())
                                .map(order -> Faults.run(request.param("kind"))))))
                .bindNow();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.disposeNow();
            orders.close();
            broker.destroy();
        }));
        System.out.println("PORT " + server.port());
        server.onDispose().block();
    }

    private static int port(Process broker) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(broker.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("BROKER ")) {
                return Integer.parseInt(line.substring("BROKER ".length()));
            }
        }
        throw new IOException("the broker ended with " + broker.exitValue());
    }
}
