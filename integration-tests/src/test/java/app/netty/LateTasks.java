package app.netty;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** A loop and a worker get short tasks all the time, also for {@value #LATE_MILLIS} ms of their shutdown. */
public final class LateTasks {

    private static final int LATE_MILLIS = 2_500;
    private static final int PERIOD_MILLIS = 5;

    private LateTasks() {}

    public static void main(String[] arguments) throws InterruptedException {
        List<EventExecutorGroup> groups = List.of(
                new MultiThreadIoEventLoopGroup(1, named("late-loop"), NioIoHandler.newFactory()),
                new DefaultEventExecutorGroup(1, named("late-worker")));
        submit(groups, 500);
        groups.forEach(group -> group.shutdownGracefully(500, 4_000, TimeUnit.MILLISECONDS));
        submit(groups, LATE_MILLIS);
        for (EventExecutorGroup group : groups) {
            group.terminationFuture().await();
        }
        System.out.println("DONE");
    }

    private static ThreadFactory named(String name) {
        return task -> new Thread(task, name);
    }

    private static void submit(List<EventExecutorGroup> groups, int millis) throws InterruptedException {
        for (int at = 0; at < millis; at += PERIOD_MILLIS) {
            for (EventExecutorGroup group : groups) {
                try {
                    group.next().execute(() -> {});
                } catch (RejectedExecutionException ended) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
        }
    }
}
