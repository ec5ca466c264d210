package app.pools;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Pools that are busy before the agent starts, and stay busy until it has reported all of them. */
public final class BornBefore {

    private static final int WORKERS = 3;
    private static final int BEHIND = 2;
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private BornBefore() {}

    public static void main(String[] args) throws Exception {
        Gate gate = new Gate();
        fill(Executors.newFixedThreadPool(WORKERS, wrapping("orders")), gate);
        fill(new ForkJoinPool(WORKERS), gate);
        Vertx vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(WORKERS));
        fill(task -> vertx.executeBlocking(Executors.callable(task), false), gate);
        EventExecutor loop = new MultiThreadIoEventLoopGroup(2, wrapping("edge"), NioIoHandler.newFactory()).next();
        for (int i = 0; i < 1 + BEHIND; i++) {
            loop.execute(gate::hold);
        }
        gate.awaitHeld(1);
        Servers tomcat = Servers.start("tomcat", gate);
        Requests requests = new Requests();
        requests.send(tomcat.port(), tomcat.handlers() + BEHIND);
        gate.awaitHeld(tomcat.handlers());

        System.out.println("READY");
        if (System.in.read() < 0) {
            throw new IllegalStateException("no agent was attached in time");
        }
        try (Witness witness = new Witness()) {
            Set<String> pools = Set.of("orders-#", "ForkJoinPool-1-worker-#", "vert.x-worker-thread-#", tomcat.pool());
            witness.await(pools, pools, TIMEOUT);
        }
        gate.open();
        requests.awaitAnswers();
        System.exit(0);
    }

    private static void fill(Executor pool, Gate gate) {
        for (int i = 0; i < WORKERS + BEHIND; i++) {
            pool.execute(gate::hold);
        }
        gate.awaitHeld(WORKERS);
    }

    /** Wraps tasks as many factories do, to set a context or to catch exceptions. */
    private static ThreadFactory wrapping(String name) {
        AtomicInteger number = new AtomicInteger();
        return worker -> new Thread(() -> run(worker), name + "-" + number.incrementAndGet());
    }

    private static void run(Runnable worker) {
        worker.run();
    }
}
