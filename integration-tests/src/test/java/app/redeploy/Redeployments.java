package app.redeploy;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A container: it deploys {@link WebApplication} in a class loader of its own, undeploys it, and so on. Prints how many
 * of the loaders are still reachable after that. Arguments: the number of deployments, and the class path of the
 * application.
 */
public final class Redeployments {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    /** A pool that outlives the applications, and runs tasks of theirs. */
    private static final ThreadPoolExecutor SHARED =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "container-loop-1");
                thread.setContextClassLoader(null);
                thread.setDaemon(true);
                return thread;
            });

    private static final AtomicLong REQUESTS = new AtomicLong();

    private Redeployments() {}

    public static void main(String[] args) throws Exception {
        SHARED.prestartAllCoreThreads(); // a thread keeps the code that starts it
        int deployments = Integer.parseInt(args[0]);
        URL[] urls =
                Arrays.stream(args).skip(1).map(Redeployments::url).toList().toArray(new URL[0]);
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < deployments; i++) {
            loaders.add(deployment(urls, i));
        }
        System.out.println("DEPLOYED " + loaders.size() + " REQUESTS " + REQUESTS);
        long end = System.nanoTime() + PATIENCE;
        while (left(loaders) > 0 && System.nanoTime() - end < 0) {
            System.gc();
            Thread.sleep(200);
        }
        System.out.println("LEFT " + left(loaders));
        if (System.getProperty("wait") != null) {
            System.in.read();
        }
        System.exit(0);
    }

    private static long left(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(loader -> !loader.refersTo(null)).count();
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (java.net.MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** One deployment, on a thread that ends with it: libraries leave thread-locals behind. */
    private static WeakReference<ClassLoader> deployment(URL[] urls, int number) throws Exception {
        URLClassLoader loader = new URLClassLoader("web-" + number, urls, ClassLoader.getPlatformClassLoader());
        WeakReference<ClassLoader> reference = new WeakReference<>(loader);
        Thread thread = new Thread(new Deployment(loader, number % 2 == 0), "deployment-" + number);
        thread.setContextClassLoader(loader);
        thread.start();
        thread.join();
        return reference;
    }

    private record Deployment(URLClassLoader loader, boolean closesEarly) implements Runnable {

        @Override
        public void run() {
            try {
                runOrThrow();
            } catch (Exception | LinkageError e) {
                System.out.println("FAILED " + e);
                e.printStackTrace(System.out);
            }
        }

        /** The parts of the application are known by types of the JDK only. */
        @SuppressWarnings("unchecked")
        private void runOrThrow() throws Exception {
            Object application = loader.loadClass("app.redeploy.WebApplication")
                    .getConstructor()
                    .newInstance();
            ((Consumer<ThreadPoolExecutor>) application).accept(SHARED);
            REQUESTS.addAndGet(((Callable<Integer>) application).call());
            if (closesEarly) {
                loader.close(); // the loops still run
                ((Function<String, String>) application).apply("one more request");
            }
            ((AutoCloseable) application).close();
            loader.close();
        }
    }
}
