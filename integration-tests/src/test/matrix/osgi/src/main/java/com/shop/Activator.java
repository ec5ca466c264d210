package com.shop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The bundle of the shop: it registers the service that answers requests. */
public final class Activator implements BundleActivator {

    private final AtomicInteger threads = new AtomicInteger();
    private final ExecutorService blocking =
            Executors.newFixedThreadPool(4, work -> new Thread(work, "shop-blocking-" + threads.incrementAndGet()));

    @Override
    public void start(BundleContext context) {
        Function<String, CompletionStage<String>> shop = this::answer;
        context.registerService(Function.class, shop, null);
    }

    @Override
    public void stop(BundleContext context) {
        blocking.shutdown();
    }

    private CompletionStage<String> answer(String path) {
        String kind = path.substring(path.lastIndexOf('/') + 1);
        if (path.startsWith("/offloaded/")) {
            return CompletableFuture.supplyAsync(() -> Faults.run(kind), blocking);
        }
        if (path.startsWith("/fault/")) {
            return CompletableFuture.completedFuture(Faults.run(kind));
        }
        return CompletableFuture.completedFuture(new Greeting("world").text());
    }

    /** The container loads this class when the first request needs it, on the loop. */
    private static final class Greeting {

        private final String name;

        Greeting(String name) {
            this.name = name;
        }

        String text() {
            return "hello " + name;
        }
    }
}
