package probe;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs the suites and prints a line for each primitive: {@code CASE suite#name|verdict|kind|api|detail|shortest
 * micros|start|end}.
 *
 * <p>The first argument is {@code measured} (runs primitives with {@link Blocks}) or {@code brief} (runs those with
 * {@link BlocksBriefly}). Primitives with {@link NeverBlocks} run in both. A second argument selects the primitives
 * whose name contains it.
 *
 * <p>A primitive is a method of a suite. It runs on the main thread, makes its preparations and returns a {@link Body},
 * which runs on the watched thread. The suffix of its name says where the call is: {@code _lambda} in the body of a
 * lambda, {@code _reference} in a method reference, no suffix in a method.
 */
public final class Primitives {

    /** The name of the watched thread. */
    public static final String THREAD = "probe-loop";

    /** The time between two primitives, so that their times cannot overlap. */
    private static final long GAP_MILLIS = 5;

    private static final List<Class<?>> SUITES = List.of(
            Sleeping.class,
            Waiting.class,
            Locks.class,
            Queues.class,
            Futures.class,
            Sockets.class,
            Channels.class,
            Datagrams.class,
            Names.class,
            FileStreams.class,
            FileChannels.class,
            FilesData.class,
            FilesMetadata.class,
            OldFiles.class,
            Archives.class,
            Processes.class,
            Jvm.class,
            Databases.class,
            HttpClients.class,
            Innocent.class);

    private Primitives() {}

    public static void main(String[] args) throws Exception {
        boolean measured = args[0].equals("measured");
        String filter = args.length > 1 ? args[1] : "";
        for (Class<?> suite : SUITES) {
            Method[] methods = suite.getDeclaredMethods();
            Arrays.sort(methods, Comparator.comparing(Method::getName));
            for (Method method : methods) {
                String name = suite.getSimpleName() + "#" + method.getName();
                String verdict = verdict(method, measured);
                if (verdict != null && name.contains(filter)) {
                    run(name, verdict, method);
                }
            }
        }
        System.out.println("DONE");
        System.exit(0); // the threads of some peers never end
    }

    private static @Nullable String verdict(Method method, boolean measured) {
        if (method.isAnnotationPresent(NeverBlocks.class)) {
            return "never||||0";
        }
        Blocks blocks = method.getAnnotation(Blocks.class);
        if (blocks != null && measured && Runtime.version().feature() >= blocks.from()) {
            return "blocks|" + blocks.value() + "|" + blocks.api() + "|" + blocks.detail() + "|"
                    + blocks.millis() * 1_000;
        }
        BlocksBriefly briefly = method.getAnnotation(BlocksBriefly.class);
        return briefly != null && !measured ? "blocks|" + briefly.value() + "|" + briefly.api() + "||0" : null;
    }

    private static void run(String name, String verdict, Method primitive) throws Exception {
        Late.reset();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        primitive.setAccessible(true);
        Body body;
        try {
            body = (Body) primitive.invoke(null);
        } catch (InvocationTargetException e) {
            System.out.println("FAILED " + name + " in preparation: " + e.getCause());
            return;
        }
        Instant[] window = new Instant[2];
        Thread thread = new Thread(() -> observe(body, window, failure), THREAD);
        Thread.sleep(GAP_MILLIS);
        thread.start();
        thread.join(Duration.ofSeconds(20).toMillis());
        if (thread.isAlive()) {
            System.out.println("FAILED " + name + " hangs at " + Arrays.toString(thread.getStackTrace()));
            thread.interrupt();
        } else if (failure.get() != null) {
            System.out.println("FAILED " + name + ": " + failure.get());
            failure.get().printStackTrace();
        } else {
            System.out.println("CASE " + name + "|" + verdict + "|" + window[0] + "|" + window[1]);
        }
    }

    private static void observe(Body body, Instant[] window, AtomicReference<@Nullable Throwable> failure) {
        Late.begin();
        window[0] = Instant.now();
        try {
            body.run();
        } catch (Throwable t) {
            failure.set(t);
        }
        window[1] = Instant.now();
    }
}
