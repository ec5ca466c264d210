package app.loops;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * A server on one loop with many open connections. First one client sends requests one after the other, each of which
 * blocks the loop in {@link #alone}: nobody waits. Then the loop is blocked in {@link #beforeOthers} while each of
 * {@value #CLIENTS} other clients sends a request. At last it is blocked in {@link #beforeConnections} while as many
 * clients connect.
 */
public final class Waiters {

    /** Clients that are connected all the time. */
    public static final int CLIENTS = 20;

    private static final int SEQUENTIAL_REQUESTS = 6;
    private static final long BLOCKED_MILLIS = 300;

    private Waiters() {}

    /** @param arguments {@code nio} or {@code epoll} */
    public static void main(String[] arguments) throws Exception {
        boolean epoll = arguments[0].equals("epoll");
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        Class<? extends ServerChannel> type = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        MultiThreadIoEventLoopGroup group =
                new MultiThreadIoEventLoopGroup(1, (ThreadFactory) task -> new Thread(task, "waiters-loop"), io);
        List<Socket> clients = new ArrayList<>();
        try {
            Channel server = new ServerBootstrap()
                    .group(group)
                    .channel(type)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new Handler());
                        }
                    })
                    .bind("127.0.0.1", 0)
                    .sync()
                    .channel();
            int port = ((InetSocketAddress) server.localAddress()).getPort();
            for (int i = 0; i <= CLIENTS; i++) {
                Socket client = new Socket("127.0.0.1", port);
                client.setTcpNoDelay(true);
                clients.add(client);
            }
            clients.forEach(client -> request(client, 'n'));
            for (int i = 0; i < SEQUENTIAL_REQUESTS; i++) {
                request(clients.get(0), 'a');
            }
            clients.get(0).getOutputStream().write('b');
            TimeUnit.MILLISECONDS.sleep(BLOCKED_MILLIS / 3);
            for (Socket client : clients.subList(1, clients.size())) {
                client.getOutputStream().write('n');
            }
            for (Socket client : clients) {
                client.getInputStream().read();
            }
            clients.get(0).getOutputStream().write('c');
            TimeUnit.MILLISECONDS.sleep(BLOCKED_MILLIS / 3);
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Socket("127.0.0.1", port));
            }
            clients.get(0).getInputStream().read();
            request(clients.get(clients.size() - 1), 'n');
            System.out.println("DONE");
        } finally {
            for (Socket client : clients) {
                client.close();
            }
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private static void request(Socket client, char what) {
        try {
            client.getOutputStream().write(what);
            client.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void alone() throws InterruptedException {
        Thread.sleep(BLOCKED_MILLIS);
    }

    private static void beforeOthers() throws InterruptedException {
        Thread.sleep(BLOCKED_MILLIS);
    }

    private static void beforeConnections() throws InterruptedException {
        Thread.sleep(BLOCKED_MILLIS);
    }

    private static final class Handler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws InterruptedException {
            byte what = ((ByteBuf) message).getByte(0);
            if (what == 'a') {
                alone();
            } else if (what == 'b') {
                beforeOthers();
            } else if (what == 'c') {
                beforeConnections();
            }
            context.writeAndFlush(message);
        }
    }
}
