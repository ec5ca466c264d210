package app.contexts;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Clients of {@link HandedOn} and {@link HandedOnByVertx}. */
final class HandedOnClients {

    private static final int CLIENTS = 8;
    private static final int ROUNDS = 6;

    private HandedOnClients() {}

    /** Eight clients request these routes of the server at the same time; prints what was reported. */
    static void use(int port, List<String> routes) throws InterruptedException {
        get(port, routes.get(0)); // the first report has no request: from then on they are followed
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int first = i;
            clients.add(new Thread(() -> {
                for (int k = 0; k < ROUNDS * routes.size(); k++) {
                    get(port, routes.get((first + k) % routes.size()));
                }
            }));
        }
        clients.forEach(Thread::start);
        for (Thread client : clients) {
            client.join();
        }
        Blocks.print();
        System.out.println("end");
    }

    private static void get(int port, String way) {
        try {
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/" + way))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (!response.body().equals("done")) {
                throw new IllegalStateException(way + ": " + response.body());
            }
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
