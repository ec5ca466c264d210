package com.shop.web;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.util.tracker.ServiceTracker;

/** Updates the bundle that answers, as a redeployment does, and awaits that the JVM unloads its old classes. */
final class Reload implements Supplier<String> {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final BundleContext context;
    private final ServiceTracker<?, ?> shop;

    Reload(BundleContext context, ServiceTracker<?, ?> shop) {
        this.context = context;
        this.shop = shop;
    }

    @Override
    public String get() {
        WeakReference<ClassLoader> old =
                new WeakReference<>(shop.getService().getClass().getClassLoader());
        try {
            Bundle bundle = shop.getServiceReference().getBundle();
            bundle.update();
            CountDownLatch refreshed = new CountDownLatch(1);
            context.getBundle(0)
                    .adapt(FrameworkWiring.class)
                    .refreshBundles(List.of(bundle), event -> refreshed.countDown());
            refreshed.await();
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (old.get() != null && System.nanoTime() < end) {
                System.gc();
                Thread.sleep(20);
            }
        } catch (BundleException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return old.get() == null ? "unloaded" : "still loaded";
    }
}
