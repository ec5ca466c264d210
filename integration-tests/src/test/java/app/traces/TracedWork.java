package app.traces;

import app.SelectorLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * Two loops that block in turn, each call in a trace of its own, and every third in none. Prints the trace of each
 * call, {@code TRACE thread id}, in the order of the calls of a loop.
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

    /** Begins a line that has a trace and an event of its span. */
    static final String EVENT = "EVENT ";

    private static final int CALLS = 30;

    private TracedWork() {}

    static void run(Tracer tracer) throws Exception {
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
