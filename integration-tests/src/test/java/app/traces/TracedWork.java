package app.traces;

import app.SelectorLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Two loops that block in turn, each call in a trace of its own, and every third in none. Prints the trace of each
 * call, {@code TRACE thread id}, in the order of the calls of a loop, and each event of a span, {@code EVENT id text}.
 */
final class TracedWork {

    /** A trace that is current on the thread until it is closed. */
    interface Scope extends AutoCloseable {
        String traceId();

        @Override
        void close();
    }

    /** Begins a trace on the current thread. */
    interface Tracer {
        Scope begin(String name);
    }

    private static final int CALLS = 30;

    /** Printed at the end: a loop that prints may block. */
    private static final Queue<String> EVENTS = new ConcurrentLinkedQueue<>();

    private TracedWork() {}

    static void run(Tracer tracer) throws Exception {
        awaitKnown(tracer);
        List<Thread> users = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            String name = "orders-loop-" + i;
            users.add(new Thread(() -> use(tracer, name)));
        }
        for (Thread user : users) {
            user.start();
        }
        for (Thread user : users) {
            user.join();
        }
        EVENTS.forEach(event -> System.out.println("EVENT " + event));
    }

    /** The agent meets a tracer when it is first used, and looks at it a little later. */
    @SuppressWarnings("unchecked")
    private static void awaitKnown(Tracer tracer) throws Exception {
        AtomicBoolean isKnown = new AtomicBoolean();
        Consumer<Map<String, Object>> listener = event -> {
            if (!"".equals(event.get("traceId"))) {
                isKnown.set(true);
            }
        };
        ((BiFunction<String, Object, Object>) Class.forName("java.lang.StallsightAgent")
                        .getMethod("service")
                        .invoke(null))
                .apply("listen", listener);
        try (SelectorLoop loop = new SelectorLoop("warm-up")) {
            while (!isKnown.get()) {
                loop.call(() -> traced(tracer));
            }
        }
        EVENTS.clear();
    }

    /** A span with this trace has had this event. */
    static void event(String trace, String text) {
        EVENTS.add(trace + " " + text);
    }

    private static void use(Tracer tracer, String name) {
        try (SelectorLoop loop = new SelectorLoop(name)) {
            for (int i = 0; i < CALLS; i++) {
                boolean traced = i % 3 < 2;
                String trace = loop.call(() -> traced ? traced(tracer) : untraced());
                System.out.println("TRACE " + name + " " + trace);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String traced(Tracer tracer) throws InterruptedException {
        try (Scope scope = tracer.begin("GET /orders/{id}")) {
            Thread.sleep(10);
            return scope.traceId();
        }
    }

    private static String untraced() throws InterruptedException {
        Thread.sleep(10);
        return "none";
    }
}
