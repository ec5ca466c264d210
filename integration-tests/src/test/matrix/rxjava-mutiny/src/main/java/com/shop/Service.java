package com.shop;

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
import java.util.concurrent.CompletionStage;

/** A server of Netty's own classes; its handlers answer with what RxJava and Mutiny compose. */
public final class Service {

    private Service() {}

    public static void main(String[] args) throws InterruptedException {
        EventLoopGroup boss = new NioEventLoopGroup(1);
        EventLoopGroup workers = new NioEventLoopGroup();
        Shop shop = new Shop();
        Channel server = new ServerBootstrap()
                .group(boss, workers)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(65_536), new Handler(shop));
                    }
                })
                .bind(0)
                .sync()
                .channel();
        System.out.println("PORT " + ((InetSocketAddress) server.localAddress()).getPort());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            boss.shutdownGracefully();
            workers.shutdownGracefully();
            shop.close();
        }));
        server.closeFuture().sync();
    }

    private static FullHttpResponse answer(String text) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.OK,
                Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)));
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        return response;
    }

    private static String kind(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static final class Handler extends SimpleChannelInboundHandler<FullHttpRequest> {

        private final Shop shop;

        Handler(Shop shop) {
            this.shop = shop;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            text(request.uri()).whenComplete((text, failure) ->
                    context.writeAndFlush(answer(failure == null ? text : failure.toString())));
        }

        private CompletionStage<String> text(String path) {
            if (path.startsWith("/offloaded/")) {
                return shop.offloaded(kind(path));
            }
            return path.startsWith("/fault/") ? shop.fault(kind(path)) : shop.hello();
        }
    }
}
