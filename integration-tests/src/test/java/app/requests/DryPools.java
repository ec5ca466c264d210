package app.requests;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Two requests keep both connections of a pool, and five others and a thread without a request wait; on each server.
 * Afterwards the threads that served them do the same without requests.
 */
public final class DryPools {

    private static final int ORDERS = 3;
    private static final int CUSTOMERS = 2;
    private static final int REQUESTS = Orders.CONNECTIONS + ORDERS + CUSTOMERS;
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    /** The agent has read how many connections there may be. */
    private static final long INTERVALS_MILLIS = 500;

    /** Until the exhaustion has ended. */
    private static final long FREE_MILLIS = 400;

    private static final long DRY_MILLIS = 600;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private DryPools() {}

    public static void main(String[] args) throws Exception {
        FunctionalRoutes.callEach();
        Servers netty = Servers.netty();
        List<Servers> servers =
                new ArrayList<>(List.of(Servers.tomcat(REQUESTS), Servers.jetty(), Servers.jdk(), netty));
        if (Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS) {
            servers.add(Servers.virtual());
        }
        DryPools program = new DryPools();
        for (Servers server : servers) {
            program.serve(server); // loads the classes
        }
        Thread.sleep(INTERVALS_MILLIS);
        for (Servers server : servers) {
            program.runDry(server);
        }
        runDry(servers, program::serveRequestsOf);
        runDry(servers, DryPools::runWithoutRequests);
        runDry(List.of(netty), program::serveRequestsOf);
        System.exit(0);
    }

    /** For longer than the threshold. */
    private static void runDry(List<Servers> servers, Consumer<Servers> phase) throws InterruptedException {
        servers.forEach(phase);
        Thread.sleep(DRY_MILLIS);
        servers.forEach(server -> server.orders().openGate());
        for (Servers server : servers) {
            await(() -> server.orders().inUse() == 0 && server.orders().waiting() == 0);
        }
        Thread.sleep(FREE_MILLIS);
    }

    private void serve(Servers server) {
        server.orders().openGate();
        for (int i = 0; i < Orders.CONNECTIONS; i++) {
            send(server, "POST", "/reports/" + i).join();
        }
        send(server, "GET", "/orders/1").join();
        send(server, "GET", "/customers/1").join();
    }

    /** For a moment: from then on, requests on virtual threads are remembered. */
    private void runDry(Servers server) {
        for (int i = 0; i < Orders.CONNECTIONS; i++) {
            send(server, "POST", "/reports/" + i);
        }
        await(() -> server.orders().inUse() == Orders.CONNECTIONS);
        CompletableFuture<String> waiting = send(server, "GET", "/orders/1");
        await(() -> server.orders().waiting() == 1);
        server.orders().openGate();
        waiting.join();
        await(() -> server.orders().inUse() == 0);
    }

    private void serveRequestsOf(Servers server) {
        for (int i = 0; i < Orders.CONNECTIONS; i++) {
            send(server, "POST", "/reports/" + i);
        }
        await(() -> server.orders().inUse() == Orders.CONNECTIONS);
        for (int i = 0; i < ORDERS; i++) {
            send(server, "GET", "/orders/" + i + "?user=ann");
        }
        for (int i = 0; i < CUSTOMERS; i++) {
            send(server, "GET", "/customers/" + i);
        }
        Thread other = new Thread(server.orders()::read, "import");
        other.start();
        await(() -> server.orders().waiting() == ORDERS + CUSTOMERS + 1);
        if (server.name().equals("tomcat")) {
            send(server, "GET", "/orders/99"); // waits for a thread
        }
    }

    /** On all threads that have served requests. */
    private static void runWithoutRequests(Servers server) {
        List<CountDownLatch> begun = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            CountDownLatch begins = new CountDownLatch(1);
            begun.add(begins);
            boolean holds = i < Orders.CONNECTIONS;
            server.executor().execute(() -> {
                begins.countDown();
                if (holds) {
                    server.orders().report();
                } else {
                    server.orders().read();
                }
            });
            if (holds) {
                int inUse = i + 1;
                await(() -> server.orders().inUse() == inUse);
            }
        }
        await(() -> server.orders().waiting() == REQUESTS - Orders.CONNECTIONS);
    }

    private CompletableFuture<String> send(Servers server, String method, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, BodyPublishers.noBody())
                .build();
        return client.sendAsync(request, BodyHandlers.ofString()).thenApply(response -> {
            if (response.statusCode() != 200) {
                throw new IllegalStateException(server.name() + " " + path + ": " + response.statusCode());
            }
            return response.body();
        });
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
