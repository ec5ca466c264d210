package app.services;

import app.tagged.Work;
import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** gRPC on Netty with two loops, which call the handlers. Messages are texts. */
public final class GrpcJava implements BindableService {

    private static EventLoopGroup loops;

    private GrpcJava() {}

    public static void main(String[] args) throws Exception {
        boolean isNative = args[0].equals("epoll");
        loops = isNative ? new EpollEventLoopGroup(2) : new NioEventLoopGroup(2);
        Server server = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        InsecureServerCredentials.create())
                .channelType(isNative ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .bossEventLoopGroup(loops)
                .workerEventLoopGroup(loops)
                .directExecutor()
                .addService(new GrpcJava())
                .build()
                .start();
        Work.serve(server.getPort());
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder("app.Shop")
                .addMethod(method("Order", MethodType.UNARY), ServerCalls.asyncUnaryCall(GrpcJava::handle))
                .addMethod(method("Item", MethodType.SERVER_STREAMING), ServerCalls.asyncServerStreamingCall(GrpcJava::handle))
                .addMethod(method("Letter", MethodType.BIDI_STREAMING), ServerCalls.asyncBidiStreamingCall(Letter::new))
                .build();
    }

    private static void handle(String tag, StreamObserver<String> answer) {
        String where = Work.begin(tag);
        Runnable work = () -> {
            answer.onNext(Work.work(tag));
            answer.onCompleted();
        };
        switch (where) {
            case "here" -> work.run();
            case "loop" -> loops.next().execute(work);
            case "timer" -> loops.next().schedule(work, 2, TimeUnit.MILLISECONDS);
            case "async" -> {
                EventLoop loop = loops.next();
                CompletableFuture.supplyAsync(() -> "").thenAcceptAsync(any -> work.run(), loop);
            }
            case "afterPool" -> {
                Executor loop = loops.next();
                CompletableFuture.runAsync(() -> loop.execute(work));
            }
            default -> throw new IllegalArgumentException(where);
        }
    }

    /** Answers a message when it has come. */
    private record Letter(StreamObserver<String> answer) implements StreamObserver<String> {

        @Override
        public void onNext(String tag) {
            handle(tag, answer);
        }

        @Override
        public void onError(Throwable failure) {
            // the client has gone
        }

        @Override
        public void onCompleted() {
            // answered already
        }
    }

    private static MethodDescriptor<String, String> method(String name, MethodType type) {
        return MethodDescriptor.<String, String>newBuilder()
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName("app.Shop", name))
                .setRequestMarshaller(new Text())
                .setResponseMarshaller(new Text())
                .build();
    }

    /** A text as UTF-8. */
    private static final class Text implements MethodDescriptor.Marshaller<String> {

        @Override
        public InputStream stream(String text) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
