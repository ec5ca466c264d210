package io.stallsight.bench;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.Selector;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls that both agents intercept on every JDK and that return at once, so that the cost of the hook is visible. Rules
 * that allow blocking name this class.
 */
final class HookedCalls implements AutoCloseable {

    private final RandomAccessFile randomAccess = new RandomAccessFile("/dev/zero", "r");
    private final FileOutputStream out = new FileOutputStream("/dev/null");

    private final Selector selector = Selector.open();

    private final Semaphore permits = new Semaphore(10);

    /** Without permits at first, a semaphore is no limit. */
    private final Semaphore signals = new Semaphore(0);

    private boolean isSecond;

    /** As a server of Netty calls the application for a request; it does nothing. */
    private final SimpleChannelInboundHandler<Object> server = new SimpleChannelInboundHandler<>(false) {
        @Override
        protected void channelRead0(ChannelHandlerContext context, Object request) {}
    };

    HookedCalls() throws IOException {
        signals.release(10);
    }

    int tick() throws IOException {
        selector.wakeup();
        return selector.select();
    }

    /** Each request is another one than the last. */
    void serve() throws Exception {
        isSecond = !isSecond;
        server.channelRead(null, isSecond ? selector : randomAccess);
    }

    /** Neither this nor {@link #signal} waits. */
    void permit() {
        permits.acquireUninterruptibly();
        permits.release();
    }

    void signal() {
        signals.acquireUninterruptibly();
        signals.release();
    }

    /** Does not wait, because it finds a permit. */
    void park() {
        LockSupport.unpark(Thread.currentThread());
        LockSupport.park();
    }

    int randomAccessRead() throws IOException {
        return randomAccess.read();
    }

    void streamWrite() throws IOException {
        out.write(1);
    }

    @Override
    public void close() throws IOException {
        selector.close();
        randomAccess.close();
        out.close();
    }
}
