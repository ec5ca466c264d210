package io.stallsight.it.requests;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A client with several connections. A connection of HTTP/1.1 has one request at a time, one of HTTP/2 as many as are
 * sent. It measures when it sent a request and when it had the answer.
 */
final class TaggedClient implements AutoCloseable {

    /** {@link System#nanoTime()}; of all JVMs of a machine, as Linux has one such clock. */
    record Times(long sent, long answered) {}

    private static final long LIMIT_SECONDS = 20;
    private static final int BODY_BYTES = 300;

    static {
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE); // Logback would print what Netty does
    }

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Protocol protocol;
    private final List<Channel> connections = new ArrayList<>();

    /** Those that can take a request, the one that has not been used for longest first. */
    private final BlockingQueue<Channel> free = new LinkedBlockingQueue<>();

    TaggedClient(int port, Protocol protocol, int size) throws InterruptedException {
        this.protocol = protocol;
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (protocol == Protocol.HTTP_1) {
                            channel.pipeline().addLast(new HttpClientCodec(), new HttpObjectAggregator(1 << 16));
                        } else {
                            channel.pipeline()
                                    .addLast(
                                            Http2FrameCodecBuilder.forClient().build(),
                                            new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
                        }
                    }
                });
        for (int i = 0; i < size; i++) {
            Channel connection = bootstrap.connect("127.0.0.1", port).sync().channel();
            connections.add(connection);
            free.add(connection);
        }
    }

    /** Sends a request as soon as a connection is free. */
    CompletableFuture<Times> send(Tagged request) throws InterruptedException {
        CompletableFuture<Times> answer = new CompletableFuture<>();
        Channel connection = free.take();
        if (protocol == Protocol.HTTP_1) {
            answer.whenComplete((times, failure) -> free.add(connection));
            loop.execute(() -> http1(connection, request, answer));
        } else {
            free.add(connection);
            new Http2StreamChannelBootstrap(connection)
                    .handler(new ChannelInboundHandlerAdapter())
                    .open()
                    .addListener(opened -> {
                        if (opened.isSuccess()) {
                            http2((Channel) opened.getNow(), request, answer);
                        } else {
                            answer.completeExceptionally(opened.cause());
                        }
                    });
        }
        return answer.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private static String target(Tagged request) {
        return request.path() + "?tag=" + request.tag();
    }

    private static ByteBuf body(Tagged request) {
        return request.method().equals("GET") ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(new byte[BODY_BYTES]);
    }

    private static void http1(Channel connection, Tagged request, CompletableFuture<Times> answer) {
        long sent = System.nanoTime();
        connection.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                context.pipeline().remove(this);
                FullHttpResponse response = (FullHttpResponse) message;
                int status = response.status().code();
                response.release();
                end(answer, sent, status == 200, "status " + status);
            }

            @Override
            public void channelInactive(ChannelHandlerContext context) {
                end(answer, sent, false, "closed");
            }
        });
        FullHttpRequest message = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.valueOf(request.method()), target(request), body(request));
        message.headers().set(HttpHeaderNames.HOST, "shop");
        message.headers().set(HttpHeaderNames.CONTENT_LENGTH, message.content().readableBytes());
        connection.writeAndFlush(message);
    }

    private void http2(Channel stream, Tagged request, CompletableFuture<Times> answer) {
        long sent = System.nanoTime();
        stream.pipeline().addLast(answerOnStream(sent, answer));
        boolean isGrpc = protocol == Protocol.GRPC;
        Http2Headers headers = new DefaultHttp2Headers()
                .method(isGrpc ? "POST" : request.method())
                .scheme("http")
                .authority("shop")
                .path(isGrpc ? request.path() : target(request));
        ByteBuf body = body(request);
        if (isGrpc) {
            headers.set("content-type", "application/grpc").set("te", "trailers");
            byte[] text = request.tag().getBytes(StandardCharsets.UTF_8);
            body = Unpooled.buffer().writeByte(0).writeInt(text.length).writeBytes(text);
        }
        boolean hasBody = body.isReadable();
        stream.write(new DefaultHttp2HeadersFrame(headers, !hasBody));
        if (hasBody) {
            stream.write(new DefaultHttp2DataFrame(body, true));
        }
        stream.flush();
    }

    private static ChannelHandler answerOnStream(long sent, CompletableFuture<Times> answer) {
        return new ChannelInboundHandlerAdapter() {
            private String problem = "no status";

            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                boolean isEnd = false;
                if (message instanceof Http2HeadersFrame frame) {
                    CharSequence status = frame.headers().status();
                    CharSequence grpcStatus = frame.headers().get("grpc-status");
                    if (status != null) {
                        problem = "200".contentEquals(status) ? "" : "status " + status;
                    }
                    if (grpcStatus != null && !"0".contentEquals(grpcStatus)) {
                        problem = "gRPC's status " + frame.headers();
                    }
                    isEnd = frame.isEndStream();
                } else if (message instanceof Http2DataFrame frame) {
                    isEnd = frame.isEndStream();
                } else if (message instanceof Http2ResetFrame frame) {
                    problem = "reset " + frame.errorCode();
                    isEnd = true;
                }
                ReferenceCountUtil.release(message);
                if (isEnd) {
                    end(answer, sent, problem.isEmpty(), problem);
                }
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext context, Object event) {
                if (event instanceof Http2ResetFrame reset) {
                    end(answer, sent, false, "reset " + reset.errorCode());
                }
            }

            @Override
            public void channelInactive(ChannelHandlerContext context) {
                end(answer, sent, false, "closed");
            }
        };
    }

    private static void end(CompletableFuture<Times> answer, long sent, boolean isGood, String problem) {
        if (isGood) {
            answer.complete(new Times(sent, System.nanoTime()));
        } else {
            answer.completeExceptionally(new IllegalStateException(problem));
        }
    }

    @Override
    public void close() {
        connections.forEach(Channel::close);
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
