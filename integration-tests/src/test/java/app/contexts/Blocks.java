package app.contexts;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Blocks threads that must not block, and compares the context that the agent reports with the true one. */
final class Blocks {

    private static final ThreadLocal<String> EXPECTED = new ThreadLocal<>();
    private static final List<String> SEEN = new CopyOnWriteArrayList<>();

    private Blocks() {}

    /** The agent's service for test support. */
    @SuppressWarnings("unchecked")
    static BiFunction<String, Object, Object> service() throws ReflectiveOperationException {
        return (BiFunction<String, Object, Object>)
                Class.forName("java.lang.StallsightAgent").getMethod("service").invoke(null);
    }

    static void listen() throws ReflectiveOperationException {
        Consumer<Map<String, Object>> listener = event -> {
            String expected = EXPECTED.get();
            if (expected != null && "SLEEP".equals(event.get("kind"))) {
                SEEN.add(expected + " reported " + event.get("context"));
            }
        };
        service().apply("listen", listener);
    }

    static void listenForRequests() throws ReflectiveOperationException {
        Consumer<Map<String, Object>> listener = event -> {
            String expected = EXPECTED.get();
            if (expected != null && "SLEEP".equals(event.get("kind"))) {
                SEEN.add(expected + " reported [" + event.get("request") + "]");
            }
        };
        service().apply("listen", listener);
    }

    /** A blocking call that is made for requests of {@code route}. */
    static void blockFor(String route) {
        sleepAs(route, 4);
    }

    /** A blocking call that is made for {@code context}. */
    static void block(String way, long context) {
        sleepAs(way + " for " + context, 2);
    }

    private static void sleepAs(String expected, int millis) {
        EXPECTED.set(expected);
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            EXPECTED.remove();
        }
    }

    static void print() {
        SEEN.forEach(System.out::println);
    }
}
