package app.contexts;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;

/** Several threads, each with a context of its own, block the same loops by every way to hand work over. */
public final class HandOvers {

    private static final int CONTEXTS = 4;
    private static final int ROUNDS = 3;

    @SuppressWarnings("deprecation") // Netty 4.1 has no other
    private static final EventLoopGroup LOOPS = new NioEventLoopGroup(2);

    private static final ScheduledExecutorService TIMED = Executors.newScheduledThreadPool(1);
    private static final ExecutorService POOL = Executors.newFixedThreadPool(2);

    /** One way for work to come to a loop. */
    private interface Way {
        void go(long context) throws Exception;
    }

    private HandOvers() {}

    /** @param args not empty if Vert.x is on the class path */
    public static void main(String[] args) throws Exception {
        Blocks.listen();
        Channel nio = server(LOOPS, NioServerSocketChannel.class);
        DisposableServer http = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.get(
                        "/{way}/{context}",
                        (request, response) -> response.sendString(Mono.fromCallable(() -> {
                            Blocks.block(request.param("way"), Long.parseLong(request.param("context")));
                            return "done";
                        }))))
                .bindNow();
        HttpClient client = HttpClient.create(ConnectionProvider.create("shared", 2));

        every(
                "executor",
                context -> LOOPS.submit(() -> Blocks.block("executor", context)).get());
        every(
                "executor, in time",
                context -> LOOPS.schedule(() -> Blocks.block("executor, in time", context), 5, TimeUnit.MILLISECONDS)
                        .get());
        every("two pools", context -> {
            CountDownLatch done = new CountDownLatch(1);
            POOL.execute(() -> LOOPS.execute(() -> blockAndCount("two pools", context, done)));
            done.await();
        });
        every("pool with times", context -> {
            CountDownLatch done = new CountDownLatch(1);
            TIMED.schedule(
                    () -> LOOPS.execute(() -> blockAndCount("pool with times", context, done)),
                    3,
                    TimeUnit.MILLISECONDS);
            done.await();
        });
        every("new thread", context -> {
            Thread thread = new Thread(() -> onLoop("new thread", context));
            thread.start();
            thread.join();
        });
        every(
                "completable future",
                context -> CompletableFuture.runAsync(() -> {})
                        .thenRunAsync(() -> Blocks.block("completable future", context), LOOPS)
                        .get());
        every(
                "delayed future",
                context -> CompletableFuture.runAsync(
                                () -> onLoop("delayed future", context),
                                CompletableFuture.delayedExecutor(3, TimeUnit.MILLISECONDS, POOL))
                        .get());
        every(
                "parallel stream",
                context -> IntStream.range(0, 8).parallel().forEach(i -> onLoop("parallel stream", context)));
        every("forked task", context -> ForkJoinPool.commonPool().invoke(new Forked(context, 3)));
        every(
                "Reactor",
                context -> Mono.fromRunnable(() -> Blocks.block("Reactor", context))
                        .subscribeOn(Schedulers.parallel())
                        .block());
        every(
                "Reactor's timer",
                context -> Mono.delay(Duration.ofMillis(3))
                        .doOnNext(tick -> Blocks.block("Reactor's timer", context))
                        .block());
        every(
                "Reactor, elastic first",
                context -> Mono.just(1)
                        .publishOn(Schedulers.boundedElastic())
                        .publishOn(Schedulers.single())
                        .doOnNext(i -> Blocks.block("Reactor, elastic first", context))
                        .block());
        every("coroutine", context -> Coroutines.run("coroutine", context));
        every("coroutine, I/O first", context -> Coroutines.runAfterIo("coroutine, I/O first", context));
        every("coroutine, delayed", context -> Coroutines.runAfterDelay("coroutine, delayed", context));
        every("socket", context -> exchange(nio, context));
        every(
                "reactor-netty",
                context -> client.get()
                        .uri("http://127.0.0.1:" + http.port() + "/reactor-netty/" + context)
                        .responseContent()
                        .aggregate()
                        .asString()
                        .block());
        every(
                "client's own loop",
                context -> client.get()
                        .uri("http://127.0.0.1:" + http.port() + "/reactor-netty/" + context)
                        .responseContent()
                        .aggregate()
                        .asString()
                        .doOnNext(done -> Blocks.block("client's own loop", context))
                        .block());
        every("Netty's client", context -> nettyExchange(nio, context));
        java.net.http.HttpClient jdkClient = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .build();
        every("JDK's client", context -> {
            java.net.http.HttpRequest request = java.net.http.HttpRequest.newBuilder(
                            java.net.URI.create("http://127.0.0.1:" + http.port() + "/JDK/" + context))
                    .build();
            for (int i = 0; i < 50; i++) { // its connections are kept alive and go to the next request at once
                jdkClient.send(request, java.net.http.HttpResponse.BodyHandlers.ofString());
            }
        });
        if (args.length > 0) {
            VertxClient vertx = new VertxClient();
            every("Vert.x's client", context -> {
                for (int i = 0; i < 25; i++) {
                    vertx.get(http.port(), "/Vert.x/" + context);
                }
            });
        }
        Timer timer = new Timer(true);
        every("timer", context -> {
            CountDownLatch done = new CountDownLatch(1);
            timer.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            onLoop("timer", context);
                            done.countDown();
                        }
                    },
                    3);
            done.await();
        });
        if (Runtime.version().feature() >= 21) {
            ExecutorService virtual = (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
            every(
                    "virtual thread",
                    context -> virtual.submit(() -> onLoop("virtual thread", context))
                            .get());
            every(
                    "thread of a virtual thread",
                    context -> virtual.submit(() -> {
                                Thread started = new Thread(() -> onLoop("thread of a virtual thread", context));
                                started.start();
                                started.join();
                                return true;
                            })
                            .get());
        }
        // without a context
        Thread withoutContext = new Thread(() -> onLoop("no-context", 0));
        withoutContext.start();
        withoutContext.join();
        Blocks.print();
        System.out.println("native " + io.netty.channel.epoll.Epoll.isAvailable());
        System.out.println("end");
        System.exit(0);
    }

    private static void blockAndCount(String way, long context, CountDownLatch done) {
        Blocks.block(way, context);
        done.countDown();
    }

    private static void onLoop(String way, long context) {
        try {
            LOOPS.submit(() -> Blocks.block(way, context)).get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All contexts at once, several times, so that loops, pools and connections serve them in turn. */
    private static void every(String name, Way way) throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i <= CONTEXTS; i++) {
            long context = i;
            Thread thread = new Thread(() -> inContext(name, way, context), "test-" + i);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void inContext(String name, Way way, long context) {
        try {
            BiFunction<String, Object, Object> agent = Blocks.service();
            Object before = agent.apply("context", context);
            for (int round = 0; round < ROUNDS; round++) {
                way.go(context);
            }
            agent.apply("context", before);
        } catch (Exception e) {
            System.out.println(name + " failed: " + e);
        }
    }

    private static final class Forked extends RecursiveAction {
        private static final long serialVersionUID = 1L;
        private final long context;
        private final int depth;

        Forked(long context, int depth) {
            this.context = context;
            this.depth = depth;
        }

        @Override
        protected void compute() {
            if (depth == 0) {
                onLoop("forked task", context);
            } else {
                invokeAll(new Forked(context, depth - 1), new Forked(context, depth - 1));
            }
        }
    }

    private static Channel server(EventLoopGroup group, Class<? extends ServerChannel> type) throws Exception {
        return new ServerBootstrap()
                .group(group)
                .channel(type)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext ctx, Object message) {
                                ByteBuf bytes = (ByteBuf) message;
                                Blocks.block("socket", bytes.getByte(bytes.readerIndex()));
                                ctx.writeAndFlush(bytes);
                            }
                        });
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    private static void exchange(Channel server, long context) throws IOException {
        InetSocketAddress address = (InetSocketAddress) server.localAddress();
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.getOutputStream().write((int) context);
            if (socket.getInputStream().read() != context) {
                throw new IOException("no echo");
            }
        }
    }

    private static void nettyExchange(Channel server, long context) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Channel channel = new Bootstrap()
                .group(LOOPS)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(ChannelHandlerContext ctx) {
                        Blocks.block("Netty's connect", context);
                        ctx.writeAndFlush(ctx.alloc().buffer().writeByte((int) context));
                    }

                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                        ((ByteBuf) message).release();
                        Blocks.block("Netty's client", context);
                        done.complete(null);
                    }
                })
                .connect(server.localAddress())
                .sync()
                .channel();
        done.get(10, TimeUnit.SECONDS);
        channel.close().sync();
    }
}
