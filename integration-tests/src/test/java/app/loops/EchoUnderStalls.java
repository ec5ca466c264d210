package app.loops;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An echo server on one loop, which is stuck at regular times for a known time. A client sends a byte every two
 * milliseconds, whether the last one came back or not, and measures each from the time at which it was due. Prints
 * {@code client <percentile> <nanos>}, and {@code from} and {@code to} as milliseconds of the epoch.
 */
public final class EchoUnderStalls {

    private static final long SEND_EVERY = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long STALL_EVERY = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long STALL_MILLIS = 100;
    private static final int SECONDS = 8;
    private static final int WARM_UP_SECONDS = 2;

    private EchoUnderStalls() {}

    public static void main(String[] arguments) throws Exception {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, (ThreadFactory) task -> new Thread(task, "echo-loop"), NioIoHandler.newFactory());
        try {
            Channel server = new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new Echo());
                        }
                    })
                    .bind("127.0.0.1", 0)
                    .sync()
                    .channel();
            group.next().scheduleAtFixedRate(EchoUnderStalls::stall, STALL_EVERY, STALL_EVERY, TimeUnit.NANOSECONDS);
            int port = ((InetSocketAddress) server.localAddress()).getPort();
            measure(port, WARM_UP_SECONDS);
            System.out.println("from " + System.currentTimeMillis());
            long[] latencies = measure(port, SECONDS);
            System.out.println("to " + System.currentTimeMillis());
            Arrays.sort(latencies);
            for (int percentile : new int[] {50, 90, 99, 100}) {
                System.out.println("client " + percentile + " "
                        + latencies[Math.min(latencies.length - 1, latencies.length * percentile / 100)]);
            }
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private static void stall() {
        try {
            Thread.sleep(STALL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long[] measure(int port, int seconds) throws IOException, InterruptedException {
        int count = (int) (TimeUnit.SECONDS.toNanos(seconds) / SEND_EVERY);
        long[] latencies = new long[count];
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            long start = System.nanoTime();
            Thread receiver = new Thread(() -> {
                try {
                    for (int i = 0; i < count; i++) {
                        in.readByte();
                        latencies[i] = System.nanoTime() - (start + i * SEND_EVERY);
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            receiver.start();
            for (int i = 0; i < count; i++) {
                long due = start + i * SEND_EVERY;
                for (long rest = due - System.nanoTime(); rest > 0; rest = due - System.nanoTime()) {
                    LockSupport.parkNanos(rest);
                }
                out.write(1);
            }
            receiver.join();
        }
        return latencies;
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.writeAndFlush((ByteBuf) message);
        }
    }
}
