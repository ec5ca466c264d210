package app.fanout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.jfr.consumer.RecordedEvent;

/**
 * Opens as many connections as it is told to one server, holds them until the agent has told of them, and closes them.
 * Prints what the agent told.
 */
public final class Burst {

    private static final int BACKLOG = 1_000;
    private static final String DOWNSTREAM = "stallsight.Downstream";
    private static final String FAN_OUT = "stallsight.FanOut";

    private Burst() {}

    /** @param args how (channels, sockets or tasks), and how many */
    public static void main(String[] args) throws Exception {
        int number = Integer.parseInt(args[1]);
        try (Seen seen = Seen.events(DOWNSTREAM, FAN_OUT);
                ServerSocketChannel server = ServerSocketChannel.open()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG)) {
            InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
            List<AutoCloseable> connections = switch (args[0]) {
                case "channels" -> channels(address, number);
                case "sockets" -> sockets(address, number);
                case "tasks" -> tasks(address, number);
                default -> throw new IllegalArgumentException(args[0]);
            };
            RecordedEvent full = seen.await(event -> isOf(address, event) && event.getInt("inFlight") == number);
            System.out.println("PEAK " + full.getInt("peak") + " of " + full.getInt("highWater"));
            for (AutoCloseable connection : connections) {
                connection.close();
            }
            RecordedEvent none = seen.awaitAfter(full, event -> isOf(address, event) && event.getInt("inFlight") == 0);
            System.out.println("LEFT " + none.getInt("inFlight") + " failed " + none.getLong("failed"));
            for (RecordedEvent event : seen.all(FAN_OUT)) {
                System.out.println("FANOUT " + event.getInt("inFlight") + " " + event.getInt("highWater") + " "
                        + (event.getDouble("connectsPerSecond") > 0) + " " + Seen.text(event, "site"));
            }
        }
    }

    private static boolean isOf(InetSocketAddress address, RecordedEvent event) {
        return event.getEventType().getName().equals(DOWNSTREAM)
                && Seen.text(event, "name").endsWith(":" + address.getPort());
    }

    private static List<AutoCloseable> channels(InetSocketAddress address, int number) throws IOException {
        List<AutoCloseable> connections = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(address);
            connections.add(channel);
        }
        return connections;
    }

    private static List<AutoCloseable> sockets(InetSocketAddress address, int number) throws IOException {
        List<AutoCloseable> connections = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            connections.add(new Socket(address.getAddress(), address.getPort()));
        }
        return connections;
    }

    /** Each in a task of a pool, whose frames tell nothing of who wanted it. */
    private static List<AutoCloseable> tasks(InetSocketAddress address, int number) throws Exception {
        var pool = Executors.newFixedThreadPool(4);
        List<Future<Socket>> futures = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Socket socket = new Socket();
            futures.add(pool.submit(() -> {
                socket.connect(address);
                return socket;
            }));
        }
        List<AutoCloseable> connections = new ArrayList<>();
        for (Future<Socket> future : futures) {
            connections.add(future.get());
        }
        pool.shutdown();
        return connections;
    }
}
