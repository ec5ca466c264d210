package app.cost;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Event loops and workers without work, until stdin ends. Arguments: the number of each. */
public final class IdleLoops {

    private IdleLoops() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int loops = Integer.parseInt(args[0]);
        int workers = Integer.parseInt(args[1]);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(loops, NioIoHandler.newFactory());
        for (int i = 0; i < loops; i++) {
            group.next().submit(() -> {}).sync(); // a loop begins with its first task
        }
        if (workers > 0) {
            ThreadPoolExecutor pool =
                    new ThreadPoolExecutor(workers, workers, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
            pool.prestartAllCoreThreads();
        }
        System.out.println("READY");
        while (System.in.read() >= 0) {
            // only the end matters
        }
        System.exit(0);
    }
}
