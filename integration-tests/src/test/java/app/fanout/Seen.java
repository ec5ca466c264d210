package app.fanout;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;

/** The agent's events of this JVM, as they come. */
final class Seen implements AutoCloseable {

    /** Events come about once a second. */
    private static final long TIMEOUT_NANOS = 90_000_000_000L;

    private final List<RecordedEvent> events = new CopyOnWriteArrayList<>();
    private final RecordingStream stream = new RecordingStream();

    private Seen(String... names) {
        for (String name : names) {
            stream.enable(name);
            stream.onEvent(name, events::add);
        }
        stream.setReuse(false);
        stream.startAsync();
    }

    /** Begins to listen. */
    static Seen events(String... names) throws UncheckedIOException {
        return new Seen(names);
    }

    /** Waits until there is such an event. */
    RecordedEvent await(Predicate<RecordedEvent> wanted) throws InterruptedException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < TIMEOUT_NANOS) {
            for (RecordedEvent event : events) {
                if (wanted.test(event)) {
                    return event;
                }
            }
            Thread.sleep(10);
        }
        throw new IllegalStateException("not seen among " + events);
    }

    /** Waits until there is such an event after {@code before}. */
    RecordedEvent awaitAfter(RecordedEvent before, Predicate<RecordedEvent> wanted) throws InterruptedException {
        return await(event -> event.getEndTime().isAfter(before.getEndTime()) && wanted.test(event));
    }

    /** All of a type so far. */
    List<RecordedEvent> all(String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    static String text(RecordedEvent event, String field) {
        return Objects.requireNonNullElse(event.getString(field), "");
    }

    @Override
    public void close() {
        stream.close();
    }
}
