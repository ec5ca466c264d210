package app.lab;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** An event loop of each framework. */
final class Loops {

    private Loops() {}

    static Map<String, Loop> open() {
        Map<String, Loop> loops = new LinkedHashMap<>();
        loops.put("netty-nio", new Loop(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()).next()));
        if (Epoll.isAvailable()) {
            loops.put("netty-epoll", new Loop(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()).next()));
        }
        Scheduler.Worker worker = Schedulers.parallel().createWorker();
        loops.put("reactor", new Loop(worker::schedule));
        Context context = Vertx.vertx().getOrCreateContext();
        loops.put("vertx", new Loop(task -> context.runOnContext(done -> task.run())));
        return loops;
    }
}
