package com.shop.web;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** The bundle of the web server: it answers with the service that another bundle registers. */
public final class Server implements BundleActivator {

    private EventLoopGroup boss;
    private EventLoopGroup workers;
    private ServiceTracker<Function, Function<String, CompletionStage<String>>> shop;
    private Reload reload;

    @Override
    public void start(BundleContext context) throws InterruptedException {
        shop = new ServiceTracker<>(context, Function.class.getName(), null);
        shop.open();
        reload = new Reload(context, shop);
        boss = new NioEventLoopGroup(1);
        workers = new NioEventLoopGroup();
        Channel server = new ServerBootstrap()
                .group(boss, workers)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(65_536), new Requests());
                    }
                })
                .bind(0)
                .sync()
                .channel();
        System.out.println("PORT " + ((InetSocketAddress) server.localAddress()).getPort());
    }

    @Override
    public void stop(BundleContext context) {
        shop.close();
        boss.shutdownGracefully();
        workers.shutdownGracefully();
    }

    private CompletionStage<String> answer(String path) {
        if (path.equals("/reload")) {
            return CompletableFuture.supplyAsync(reload);
        }
        return shop.getService().apply(path);
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

    private final class Requests extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            answer(request.uri()).whenComplete((text, failure) -> context.writeAndFlush(response(text, failure)));
        }
    }
}
