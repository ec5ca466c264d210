package app.redeploy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.ExecutorsKt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.blockhound.BlockHound;

/**
 * A web application with everything that an agent may get hold of: loops of Netty whose handlers block, pools that are
 * shut down while tasks wait, a logger, a coroutine, tasks on a pool of its container.
 */
public final class WebApplication
        implements Consumer<ThreadPoolExecutor>, Callable<Integer>, Function<String, String>, AutoCloseable {

    private static final int REQUESTS = 30;
    private static final AtomicLong CALLED = new AtomicLong();

    static {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    }

    private final Logger log = LoggerFactory.getLogger("web");
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final ThreadPoolExecutor pool =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final CountDownLatch poolBlocks = new CountDownLatch(1);
    private Channel server;
    private Socket client;

    public WebApplication() {
        if (Boolean.getBoolean("app.blockhound")) {
            Installed.install();
        }
        rehearseShutDown();
        server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Handler());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        log.info("started");
    }

    /** A class of its own, because not each deployment has BlockHound. */
    private static final class Installed {
        static void install() {
            Thread now = Thread.currentThread();
            BlockHound.builder()
                    .nonBlockingThreadPredicate(before -> before.or(thread -> thread == now))
                    .blockingMethodCallback(method -> CALLED.incrementAndGet())
                    .install();
        }
    }

    /** The loops must end although the loader is closed by then. */
    private static void rehearseShutDown() {
        EventLoopGroup rehearsal = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        rehearsal.next().submit(() -> {}).syncUninterruptibly();
        rehearsal.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        rehearsal.terminationFuture().syncUninterruptibly();
    }

    private static final class Handler extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf request) throws InterruptedException {
            byte kind = request.getByte(0);
            if (kind == 'b') {
                Thread.sleep(3);
            } else if (kind == 's') {
                spin(60);
            }
            context.writeAndFlush(request.retain());
        }
    }

    private static void spin(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }

    /** Uses the container's pool: one task runs, one is taken back. */
    @Override
    public void accept(ThreadPoolExecutor container) {
        container.execute(WebApplication::sleep);
        Future<?> cancelled = container.submit(WebApplication::sleep);
        cancelled.cancel(false);
        container.purge();
    }

    private static void sleep() {
        try {
            Thread.sleep(4);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Serves requests, and leaves tasks in pools. */
    @Override
    public Integer call() throws Exception {
        client = client();
        for (int i = 0; i < REQUESTS; i++) {
            request(client, i % 10 == 9 ? 's' : i % 3 == 0 ? 'b' : 'c');
        }
        CountDownLatch running = new CountDownLatch(1);
        pool.execute(() -> {
            running.countDown();
            try {
                poolBlocks.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        running.await();
        for (int i = 0; i < 3; i++) {
            pool.execute(WebApplication::sleep);
        }
        timer.schedule(WebApplication::sleep, 1, TimeUnit.HOURS);
        loops.next().schedule(WebApplication::sleep, 1, TimeUnit.HOURS);
        Executor coroutines = ExecutorsKt.asExecutor(Dispatchers.getDefault());
        CountDownLatch ran = new CountDownLatch(1);
        coroutines.execute(() -> {
            sleep();
            ran.countDown();
        });
        ran.await();
        Dispatchers.INSTANCE.shutdown();
        return REQUESTS;
    }

    /** Further requests, perhaps when the loader is closed. */
    @Override
    public String apply(String unused) {
        try {
            request(client, 'b');
            request(client, 's');
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Socket client() throws IOException {
        InetSocketAddress address = (InetSocketAddress) server.localAddress();
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void request(Socket to, char kind) throws IOException {
        to.getOutputStream().write(kind);
        if (to.getInputStream().read() != kind) {
            throw new IOException("no answer");
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void close() throws Exception {
        client.close();
        server.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        loops.terminationFuture().await(10, TimeUnit.SECONDS);
        pool.shutdownNow();
        timer.shutdownNow();
    }
}
