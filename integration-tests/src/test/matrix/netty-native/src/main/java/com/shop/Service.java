package com.shop;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslProvider;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on epoll that calls other servers: by TLS on io_uring, or in the JVM. */
public final class Service {

    /** Of so many requests, one goes to each backend with TLS, and one asks for a name that nobody knows. */
    private static final int TURNS = 64;

    private final AtomicInteger turn = new AtomicInteger();
    private final List<Backend> tls;
    private final Backend local;

    private Service(List<Backend> tls, Backend local) {
        this.tls = tls;
        this.local = local;
    }

    public static void main(String[] args) throws Exception {
        EventLoopGroup front = Transports.epoll();
        EventLoopGroup back = Transports.uring();
        EventLoopGroup inside = Transports.local();
        EventExecutorGroup blocking = new DefaultEventExecutorGroup(4);
        DnsAddressResolverGroup resolver = Dns.resolver(back);
        Certificate certificate = new Certificate();
        Service service = new Service(
                List.of(
                        Backend.tls(SslProvider.JDK, certificate, back, resolver),
                        Backend.tls(SslProvider.OPENSSL, certificate, back, resolver)),
                Backend.local(inside));
        Channel server = new ServerBootstrap()
                .group(front)
                .channel(EpollServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(65_536), service.new OnLoop())
                                .addLast(blocking, new Offloaded());
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        System.out.println("PORT " + ((InetSocketAddress) server.localAddress()).getPort());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            front.shutdownGracefully();
            back.shutdownGracefully();
            inside.shutdownGracefully();
            blocking.shutdownGracefully();
        }));
        server.closeFuture().sync();
    }

    private CompletableFuture<String> hello() {
        int number = turn.getAndIncrement() % TURNS;
        if (number < tls.size()) {
            return tls.get(number).call("hello");
        }
        if (number == tls.size()) {
            return tls.get(0).unknown().call("hello").exceptionally(cause -> "nobody");
        }
        return local.call("hello");
    }

    private static FullHttpResponse response(String text, Throwable failure) {
        String body = failure == null ? text : failure.toString();
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                failure == null ? HttpResponseStatus.OK : HttpResponseStatus.INTERNAL_SERVER_ERROR,
                Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8)));
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        return response;
    }

    private static String kind(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Answers on the loop, and passes on what may block. */
    private final class OnLoop extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            if (request.uri().startsWith("/offloaded/")) {
                context.fireChannelRead(request.retain());
            } else if (request.uri().startsWith("/fault/")) {
                context.writeAndFlush(response(Faults.run(kind(request.uri())), null));
            } else {
                hello().whenComplete((text, failure) -> context.writeAndFlush(response(text, failure)));
            }
        }
    }

    /** Runs on a thread of its own. */
    private static final class Offloaded extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            context.writeAndFlush(response(Faults.run(kind(request.uri())), null));
        }
    }
}
