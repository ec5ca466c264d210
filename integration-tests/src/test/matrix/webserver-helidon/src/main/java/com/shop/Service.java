package com.shop;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Handlers run on virtual threads and may block. */
public final class Service {

    public static void main(String[] args) {
        WebServer server = WebServer.builder().port(0).routing(Service::routes).build().start();
        System.out.println("PORT " + server.port());
    }

    private static void routes(HttpRouting.Builder routes) {
        routes.get("/hello", (request, response) -> response.send("hello"));
        routes.get("/fault/{kind}", Service::fault);
        routes.get("/offloaded/{kind}", Service::fault);
    }

    private static void fault(ServerRequest request, ServerResponse response) {
        response.send(Faults.run(request.path().pathParameters().get("kind")));
    }
}
