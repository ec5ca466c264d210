package com.shop;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalServerChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.netty.resolver.AddressResolverGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Answers with the text that it gets. Each call connects anew. */
final class Backend {

    private final Bootstrap client;
    private final SocketAddress address;

    private Backend(Bootstrap client, SocketAddress address) {
        this.client = client;
        this.address = address;
    }

    /** Below TLS of this provider. Its client asks the resolver for the address. */
    static Backend tls(
            SslProvider provider, Certificate certificate, EventLoopGroup group, AddressResolverGroup<?> resolver)
            throws IOException, InterruptedException {
        SslContext serverTls = certificate.server(provider);
        SslContext clientTls = certificate.client(provider);
        InetSocketAddress address = (InetSocketAddress) new ServerBootstrap()
                .group(group)
                .channel(Transports.uringServer())
                .childHandler(new Pipeline(serverTls, new Echo()))
                .bind("127.0.0.1", 0)
                .sync()
                .channel()
                .localAddress();
        Bootstrap client = new Bootstrap()
                .group(group)
                .channel(Transports.uringClient())
                .resolver(resolver)
                .handler(new Pipeline(clientTls));
        return new Backend(client, InetSocketAddress.createUnresolved(Dns.BACKEND, address.getPort()));
    }

    /** In this JVM. */
    static Backend local(EventLoopGroup group) throws InterruptedException {
        LocalAddress address = new LocalAddress("backend");
        new ServerBootstrap()
                .group(group)
                .channel(LocalServerChannel.class)
                .childHandler(new Pipeline(null, new Echo()))
                .bind(address)
                .sync();
        Bootstrap client = new Bootstrap().group(group).channel(LocalChannel.class).handler(new Pipeline(null));
        return new Backend(client, address);
    }

    /** The same, under a name that no server knows. */
    Backend unknown() {
        return new Backend(client, InetSocketAddress.createUnresolved("unknown.shop.example", 1));
    }

    CompletableFuture<String> call(String text) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        client.connect(address).addListener(connected -> {
            if (!connected.isSuccess()) {
                answer.completeExceptionally(connected.cause());
                return;
            }
            Channel channel = ((ChannelFuture) connected).channel();
            channel.pipeline().addLast(new Answer(answer));
            channel.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
        });
        return answer;
    }

    private static final class Pipeline extends ChannelInitializer<Channel> {

        private final SslContext tls;
        private final Echo[] handlers;

        Pipeline(SslContext tls, Echo... handlers) {
            this.tls = tls;
            this.handlers = handlers;
        }

        @Override
        protected void initChannel(Channel channel) {
            if (tls != null) {
                channel.pipeline().addLast(tls.newHandler(channel.alloc()));
            }
            channel.pipeline().addLast(handlers);
        }
    }

    @ChannelHandler.Sharable
    private static final class Echo extends SimpleChannelInboundHandler<ByteBuf> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf text) {
            context.writeAndFlush(text.retain());
        }
    }

    private static final class Answer extends SimpleChannelInboundHandler<ByteBuf> {

        private final CompletableFuture<String> answer;

        Answer(CompletableFuture<String> answer) {
            this.answer = answer;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf text) {
            answer.complete(text.toString(StandardCharsets.UTF_8));
            context.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            answer.completeExceptionally(cause);
            context.close();
        }
    }
}
