package app.fanout;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Opens a number of connections on one of Netty's transports: {@code nio} and {@code epoll} of 4.1, {@code io_uring} of
 * 4.2. Prints {@code UNAVAILABLE} and the reason if the transport does not work on this machine.
 */
public final class NettyClient {

    private static final int BACKLOG = 1_000;

    private NettyClient() {}

    /** @param args the transport, and the number of connections */
    @SuppressWarnings("deprecation") // 4.1 has no other way
    public static void main(String[] args) throws Exception {
        int number = Integer.parseInt(args[1]);
        switch (args[0]) {
            case "nio" -> connect(new NioEventLoopGroup(2), NioSocketChannel.class, number);
            case "epoll" -> OnEpoll.connect(number);
            case "io_uring" -> OnIoUring.connect(number);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** A class of its own, because 4.1 has no such classes. */
    private static final class OnIoUring {
        static void connect(int number) throws Exception {
            if (IoUring.isAvailable()) {
                NettyClient.connect(
                        new MultiThreadIoEventLoopGroup(2, IoUringIoHandler.newFactory()),
                        IoUringSocketChannel.class,
                        number);
            } else {
                System.out.println("UNAVAILABLE " + IoUring.unavailabilityCause());
            }
        }
    }

    private static final class OnEpoll {
        @SuppressWarnings("deprecation") // 4.1 has no other way
        static void connect(int number) throws Exception {
            if (Epoll.isAvailable()) {
                NettyClient.connect(new EpollEventLoopGroup(2), EpollSocketChannel.class, number);
            } else {
                System.out.println("UNAVAILABLE " + Epoll.unavailabilityCause());
            }
        }
    }

    private static void connect(EventLoopGroup loops, Class<? extends Channel> channelType, int number)
            throws Exception {
        try (Seen seen = ConnectionEvents.events();
                ServerSocketChannel server = ServerSocketChannel.open()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG)) {
            InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
            Bootstrap bootstrap = new Bootstrap()
                    .group(loops)
                    .channel(channelType)
                    .handler(new ChannelInboundHandlerAdapter() {
                        @Override
                        public boolean isSharable() {
                            return true;
                        }
                    });
            List<ChannelFuture> futures = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                futures.add(bootstrap.connect(address));
            }
            List<AutoCloseable> connections = new ArrayList<>();
            for (ChannelFuture future : futures) {
                Channel channel = future.sync().channel();
                connections.add(() -> channel.close().sync());
            }
            ConnectionEvents.print(seen, address, connections);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }
}
