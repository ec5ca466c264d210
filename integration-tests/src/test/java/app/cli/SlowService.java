package app.cli;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Two loops of Netty. One of them blocks again and again: it sleeps, waits for a monitor and computes. Prints
 * {@code READY} after the first round, {@code ROUND} after each further one, and goes on until a line arrives on stdin.
 */
public final class SlowService {

    private static final Object MONITOR = new Object();

    private static volatile double sink;

    private SlowService() {}

    @SuppressWarnings("deprecation") // 4.1 has no other way
    public static void main(String[] args) throws Exception {
        EventLoopGroup loops = new NioEventLoopGroup(2);
        EventLoop loop = loops.next();
        loops.next().scheduleAtFixedRate(() -> {}, 10, 10, TimeUnit.MILLISECONDS);
        round(loop);
        System.out.println("READY");
        while (System.in.available() == 0) {
            round(loop);
            System.out.println("ROUND");
        }
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        System.out.println("DONE");
    }

    private static void round(EventLoop loop) throws Exception {
        loop.submit(SlowService::sleep).sync();
        CountDownLatch held = new CountDownLatch(1);
        Thread holder = new Thread(() -> hold(held), "holder");
        holder.start();
        held.await();
        loop.submit(SlowService::queue).sync();
        holder.join();
        loop.submit(SlowService::compute).sync();
    }

    private static void sleep() {
        try {
            Thread.sleep(150);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void hold(CountDownLatch held) {
        synchronized (MONITOR) {
            held.countDown();
            sleep();
        }
    }

    private static void queue() {
        synchronized (MONITOR) {
            sink++;
        }
    }

    private static void compute() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
        while (System.nanoTime() < end) {
            sink += Math.sqrt(sink);
        }
    }
}
