package app.tagged;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a service does for tagged requests. A tag is {@code <number>-<way>-<where>-<milliseconds>}; the way is empty for
 * a request that does not block.
 */
public final class Work {

    /** Printed at the end: a loop that prints may block. */
    private static final Queue<String> LINES = new ConcurrentLinkedQueue<>();

    private static final Ways WAYS = ways();

    private Work() {}

    private static Ways ways() {
        try {
            return new Ways();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The service's handler has been called.
     *
     * @return where it should block: {@code here}, or a place that only this service knows
     */
    public static String begin(String tag) {
        long now = System.nanoTime();
        LINES.add("BEGUN " + number(tag) + ' ' + now + ' '
                + Thread.currentThread().getName());
        return tag.split("-")[2];
    }

    /** While a span is current whose trace has the number after the tag's, the thread blocks if the tag says so. */
    public static String work(String tag) {
        String[] parts = tag.split("-");
        SpanContext trace = SpanContext.create(
                "%032x".formatted(1 + number(tag)),
                "00000000000000aa",
                TraceFlags.getSampled(),
                TraceState.getDefault());
        long begin = System.nanoTime();
        try (Scope current = Span.wrap(trace).makeCurrent()) {
            if (parts[1].isEmpty()) {
                return "done";
            }
            WAYS.block(parts[1], Integer.parseInt(parts[3]));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        LINES.add("BLOCKED " + number(tag) + ' ' + begin + ' ' + System.nanoTime() + ' '
                + Thread.currentThread().getName());
        return "done";
    }

    private static int number(String tag) {
        return Integer.parseInt(tag.substring(0, tag.indexOf('-')));
    }

    /**
     * The service is ready; returns at the end of stdin, when all requests have been answered, and prints what it did.
     */
    public static void serve(int port) throws Exception {
        System.out.println("PORT " + port);
        while (System.in.read() >= 0) {
            // nothing to do
        }
        Instant now = Instant.now();
        System.out.println(
                "CLOCK " + System.nanoTime() + ' ' + (TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano()));
        LINES.forEach(System.out::println);
        System.exit(0);
    }
}
