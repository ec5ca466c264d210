package app.fanout;

import java.io.IOException;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Opens a number of connections to one server, holds them until the agent has reported them, and closes them. Prints
 * the agent's events.
 */
public final class Burst {

    private static final int BACKLOG = 1_000;

    private Burst() {}

    /** @param args the kind (channels, sockets, or tasks), and the number */
    public static void main(String[] args) throws Exception {
        int number = Integer.parseInt(args[1]);
        try (Seen seen = ConnectionEvents.events();
                ServerSocketChannel server = ServerSocketChannel.open()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG)) {
            InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
            List<AutoCloseable> connections = switch (args[0]) {
                case "channels" -> channels(address, number);
                case "sockets" -> sockets(address, number);
                case "tasks" -> tasks(address, number);
                default -> throw new IllegalArgumentException(args[0]);
            };
            ConnectionEvents.print(seen, address, connections);
        }
    }

    private static List<AutoCloseable> channels(InetSocketAddress address, int number) throws IOException {
        List<SocketChannel> begun = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(address);
            begun.add(channel);
        }
        for (SocketChannel channel : begun) {
            while (!channel.finishConnect()) {
                Thread.onSpinWait();
            }
        }
        return new ArrayList<>(begun);
    }

    private static List<AutoCloseable> sockets(InetSocketAddress address, int number) throws IOException {
        List<AutoCloseable> connections = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            connections.add(new Socket(address.getAddress(), address.getPort()));
        }
        return connections;
    }

    /** Each in a task of a pool that has no frame of this class. */
    private static List<AutoCloseable> tasks(InetSocketAddress address, int number) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4, task -> new Thread(() -> startedHere(task)));
        List<AutoCloseable> connections = new ArrayList<>();
        Method connect = Socket.class.getMethod("connect", SocketAddress.class);
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Socket socket = new Socket();
            connections.add(socket);
            futures.add(pool.submit(MethodHandleProxies.asInterfaceInstance(
                    Callable.class,
                    MethodHandles.lookup().unreflect(connect).bindTo(socket).bindTo(address))));
        }
        for (Future<?> future : futures) {
            future.get();
        }
        pool.shutdown();
        return connections;
    }

    /** A frame outside of the worker's loop, which opens no connection. */
    private static void startedHere(Runnable worker) {
        worker.run();
    }
}
