package app.traces;

import app.SelectorLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Two loops that block in turn, each call in a trace of its own, and every third in none. Prints the trace of each
 * call, {@code TRACE thread id}, in the order of the calls of a loop, and each event of a span, {@code EVENT id text}.
 * Then they wait for monitors, and stall with many short calls, each time between two other traces: {@code MONITOR
 * thread id} and {@code STALL thread id}; {@code NEXT thread id} is the trace behind it.
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
    private static final int ROUNDS = 3;

    private static volatile int entered;

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
            for (int i = 0; i < ROUNDS; i++) {
                Object lock = new Object();
                Thread holder = holder(lock);
                print("MONITOR", name, loop.call(() -> between(tracer, () -> await(lock))));
                holder.join();
                print("STALL", name, loop.call(() -> between(tracer, TracedWork::nap)));
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

    private static void print(String kind, String name, List<String> traces) {
        System.out.println(kind + " " + name + " " + traces.get(0));
        System.out.println("NEXT " + name + " " + traces.get(1));
    }

    /** The work's trace is over before the next hook comes, which is in another trace. Both are returned. */
    private static List<String> between(Tracer tracer, Runnable work) throws InterruptedException {
        begin(tracer);
        String trace;
        try (Scope outer = tracer.begin("GET /orders/{id}")) {
            begin(tracer);
            try (Scope scope = tracer.begin("GET /orders/{id}")) {
                work.run();
                trace = scope.traceId();
            }
        }
        try (Scope next = tracer.begin("GET /orders/{id}")) {
            Thread.sleep(2);
            return List.of(trace, next.traceId());
        }
    }

    private static void begin(Tracer tracer) {
        tracer.begin("GET /hello").close();
    }

    /** A thread that has the monitor, for a while from now on. */
    private static Thread holder(Object lock) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        Thread holder = new Thread(() -> {
            synchronized (lock) {
                held.countDown();
                try {
                    Thread.sleep(80);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        holder.start();
        held.await();
        return holder;
    }

    private static void await(Object lock) {
        synchronized (lock) {
            entered++;
        }
    }

    /** Each call is too short for a report, which would know the trace by itself. */
    private static void nap() {
        long end = System.nanoTime() + 200_000_000;
        while (System.nanoTime() < end) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String untraced() throws InterruptedException {
        Thread.sleep(10);
        return "none";
    }
}
