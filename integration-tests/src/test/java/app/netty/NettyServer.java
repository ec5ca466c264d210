package app.netty;

import app.Announce;
import app.Handlers;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/**
 * A server of one-byte requests on one of Netty's transports: {@code nio} and {@code epoll} of 4.1, {@code nio-handler}
 * and {@code io_uring} of 4.2. Prints {@code UNAVAILABLE} and the reason if the transport does not work on this
 * machine.
 */
public final class NettyServer {

    private static final char BLOCK = 'b';
    private static final char CLEAN = 'c';
    private static final char OFFLOAD = 'o';

    private NettyServer() {}

    @SuppressWarnings("deprecation") // 4.1 has no other way
    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "nio" -> serve(new NioEventLoopGroup(2), NioServerSocketChannel.class);
            case "nio-handler" ->
                serve(new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory()), NioServerSocketChannel.class);
            case "epoll" -> OnEpoll.serve();
            case "io_uring" -> OnIoUring.serve();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** A class of its own, because 4.1 has no such classes. */
    private static final class OnIoUring {
        static void serve() throws Exception {
            if (IoUring.isAvailable()) {
                NettyServer.serve(
                        new MultiThreadIoEventLoopGroup(2, IoUringIoHandler.newFactory()),
                        IoUringServerSocketChannel.class);
            } else {
                System.out.println("UNAVAILABLE " + IoUring.unavailabilityCause());
            }
        }
    }

    private static final class OnEpoll {
        @SuppressWarnings("deprecation") // 4.1 has no other way
        static void serve() throws Exception {
            if (Epoll.isAvailable()) {
                NettyServer.serve(new EpollEventLoopGroup(2), EpollServerSocketChannel.class);
            } else {
                System.out.println("UNAVAILABLE " + Epoll.unavailabilityCause());
            }
        }
    }

    private static void serve(EventLoopGroup loops, Class<? extends ServerChannel> channelType) throws Exception {
        DefaultEventExecutorGroup workers = new DefaultEventExecutorGroup(2);
        Channel server = new ServerBootstrap()
                .group(loops)
                .channel(channelType)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Handler(workers));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        try (Socket client = new Socket()) {
            client.connect(server.localAddress());
            Handlers.idle();
            for (char request : new char[] {CLEAN, CLEAN, BLOCK, BLOCK, BLOCK, OFFLOAD, OFFLOAD, CLEAN}) {
                client.getOutputStream().write(request);
                client.getInputStream().read();
            }
            Handlers.idle();
        }
        server.close().sync();
        // quiet for long enough that a loop sleeps while it waits for more work, which is no fault of the service
        Future<?> ended = loops.shutdownGracefully(300, 10_000, TimeUnit.MILLISECONDS);
        workers.shutdownGracefully(300, 10_000, TimeUnit.MILLISECONDS).sync();
        ended.sync();
        Announce.print();
    }

    private static final class Handler extends SimpleChannelInboundHandler<ByteBuf> {
        private final DefaultEventExecutorGroup workers;

        Handler(DefaultEventExecutorGroup workers) {
            this.workers = workers;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
            ByteBuf answer = message.retain();
            switch (message.getByte(0)) {
                case BLOCK -> Handlers.block();
                case CLEAN -> Handlers.compute();
                case OFFLOAD -> {
                    workers.submit(Handlers::blockWhereItMay).addListener(done -> context.writeAndFlush(answer));
                    return;
                }
                default -> throw new IllegalArgumentException(message.toString());
            }
            context.writeAndFlush(answer);
        }
    }
}
