package app.fanout;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import reactor.core.Disposable;
import reactor.netty.resources.ConnectionProvider;

/**
 * Sends a number of requests at once, by a client that connects on its own threads, to a server that never answers.
 * Cancels them when the agent has reported the connections.
 */
public final class HttpBurst {

    private static final int BACKLOG = 1_000;

    private HttpBurst() {}

    /** @param args the client (jdk, reactor, or shared: two sites of reactor at once), and the number of requests */
    public static void main(String[] args) throws Exception {
        int number = Integer.parseInt(args[1]);
        try (Seen seen = ConnectionEvents.events();
                ServerSocketChannel server = ServerSocketChannel.open()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG)) {
            InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
            String uri = "http://127.0.0.1:" + address.getPort() + "/";
            List<AutoCloseable> requests = switch (args[0]) {
                case "jdk" -> jdk(uri, number);
                case "reactor" -> OnReactor.many(OnReactor.client(), uri, number);
                case "shared" -> OnReactor.shared(uri, number);
                default -> throw new IllegalArgumentException(args[0]);
            };
            ConnectionEvents.print(seen, address, requests);
        }
        System.exit(0);
    }

    private static List<AutoCloseable> jdk(String uri, int number) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();
        List<AutoCloseable> requests = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            CompletableFuture<?> answer = client.sendAsync(request, BodyHandlers.discarding());
            requests.add(() -> answer.cancel(true));
        }
        return requests;
    }

    /** A class of its own, because only some of the tests have its libraries. */
    private static final class OnReactor {

        static reactor.netty.http.client.HttpClient client() {
            return reactor.netty.http.client.HttpClient.create(ConnectionProvider.create("burst", BACKLOG));
        }

        static List<AutoCloseable> many(reactor.netty.http.client.HttpClient client, String uri, int number) {
            List<AutoCloseable> requests = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                Disposable request = client.get().uri(uri).response().subscribe();
                requests.add(request::dispose);
            }
            return requests;
        }

        private static List<AutoCloseable> few(reactor.netty.http.client.HttpClient client, String uri, int number) {
            List<AutoCloseable> requests = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                Disposable request = client.get().uri(uri).response().subscribe();
                requests.add(request::dispose);
            }
            return requests;
        }

        /**
         * A quarter of the requests come from another site, which borrows from the same connection pool at the same
         * time.
         */
        static List<AutoCloseable> shared(String uri, int number) throws Exception {
            reactor.netty.http.client.HttpClient client = client();
            CyclicBarrier both = new CyclicBarrier(2);
            List<AutoCloseable> requests = new ArrayList<>();
            Thread other = new Thread(() -> {
                await(both);
                List<AutoCloseable> made = few(client, uri, number / 4);
                synchronized (requests) {
                    requests.addAll(made);
                }
            });
            other.start();
            await(both);
            List<AutoCloseable> made = many(client, uri, number - number / 4);
            other.join();
            requests.addAll(made);
            return requests;
        }

        private static void await(CyclicBarrier both) {
            try {
                both.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
