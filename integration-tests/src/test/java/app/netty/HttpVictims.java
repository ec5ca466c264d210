package app.netty;

import app.Handlers;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * An HTTP server with one loop. In each round, one request keeps the loop until requests of other connections have
 * come: it waits for them, and computes in the last round. The argument names the transport: {@code nio} or
 * {@code epoll}. It prints for each round how long these requests waited together: from when their clients had sent
 * them until the server began with them.
 *
 * <p>With NIO, a handler in front makes a span of OpenTelemetry current for each request, as instrumented servers do.
 * The program prints the events of the spans of the last round.
 */
public final class HttpVictims {

    private static final int ROUNDS = 5;
    private static final int GREETED = 45;
    private static final int ORDERED = 18;
    private static final String SLOW = "/slow";

    private static volatile boolean isLastRound;

    /** The requests that keep waiting have come. */
    private static volatile CountDownLatch others = new CountDownLatch(1);

    /** The sum of the times at which the server began with them. */
    private static final AtomicLong BEGUN = new AtomicLong();

    private HttpVictims() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("nio")) {
            serve(NioIoHandler.newFactory(), NioServerSocketChannel.class, Spans::new);
            Spans.print();
        } else {
            OnEpoll.serve();
        }
    }

    private static final class OnEpoll {
        static void serve() throws Exception {
            HttpVictims.serve(EpollIoHandler.newFactory(), EpollServerSocketChannel.class, Front::new);
        }
    }

    private static void serve(
            IoHandlerFactory io, Class<? extends ServerChannel> channelType, Supplier<ChannelHandler> front)
            throws Exception {
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, io);
        Channel server = new ServerBootstrap()
                .group(loops)
                .channel(channelType)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(1_024),
                                        front.get(),
                                        new Handler());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i <= GREETED + ORDERED; i++) {
            clients.add(connected(server.localAddress()));
        }
        for (int round = 0; round < ROUNDS; round++) {
            isLastRound = round == ROUNDS - 1;
            others = new CountDownLatch(1);
            send(clients.get(0), SLOW);
            Thread.sleep(50); // the loop has it
            long sent = 0;
            BEGUN.set(0);
            for (int i = 1; i < clients.size(); i++) {
                send(clients.get(i), i <= GREETED ? "/hello" : "/orders/" + (100 + i));
                sent += System.nanoTime();
                Thread.sleep(4);
            }
            Thread.sleep(80);
            others.countDown();
            receive(clients.get(0));
            for (Socket client : clients.subList(1, clients.size())) {
                receive(client);
            }
            System.out.println("lost " + (BEGUN.get() - sent));
            Thread.sleep(100);
        }
        for (Socket client : clients) {
            client.close();
        }
        server.close().sync();
        loops.shutdownGracefully().sync();
    }

    private static Socket connected(SocketAddress server) throws IOException {
        Socket socket = new Socket();
        socket.connect(server);
        send(socket, "/hello");
        receive(socket);
        return socket;
    }

    private static void send(Socket client, String path) throws IOException {
        client.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: shop\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** The answer has no body, so it ends with an empty line. */
    private static void receive(Socket client) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = client.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed after " + answer);
            }
            answer.append((char) next);
        }
    }

    /** Does nothing. */
    private static final class Front extends ChannelInboundHandlerAdapter {}

    /** Makes a span current while a request is handled. */
    private static final class Spans extends ChannelInboundHandlerAdapter {

        private static final Queue<String> EVENTS = new ConcurrentLinkedQueue<>();
        private static final Tracer TRACER = SdkTracerProvider.builder()
                .addSpanProcessor(new Ended())
                .build()
                .get("app");

        static void print() {
            EVENTS.forEach(event -> System.out.println("EVENT " + event));
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Span span = TRACER.spanBuilder(((FullHttpRequest) message).uri()).startSpan();
            try (Scope current = span.makeCurrent()) {
                context.fireChannelRead(message);
            } finally {
                span.end();
            }
        }

        private static final class Ended implements SpanProcessor {

            @Override
            public void onStart(Context parent, ReadWriteSpan span) {
                // not wanted
            }

            @Override
            public boolean isStartRequired() {
                return false;
            }

            @Override
            public void onEnd(ReadableSpan span) {
                if (isLastRound) {
                    span.toSpanData().getEvents().forEach(event -> EVENTS.add(span.getName() + ' ' + event.getName()));
                }
            }

            @Override
            public boolean isEndRequired() {
                return true;
            }
        }
    }

    private static final class Handler extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) throws Exception {
            if (request.uri().equals(SLOW) && isLastRound) {
                while (others.getCount() > 0) {
                    Handlers.compute();
                }
            } else if (request.uri().equals(SLOW)) {
                others.await();
            } else {
                BEGUN.addAndGet(System.nanoTime());
                Handlers.compute();
            }
            DefaultFullHttpResponse response =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER);
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
            context.writeAndFlush(response);
        }
    }
}
