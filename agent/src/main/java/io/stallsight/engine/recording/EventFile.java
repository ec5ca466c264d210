package io.stallsight.engine.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import jdk.jfr.EventType;
import jdk.jfr.consumer.EventStream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Reads events of a file. Types without a handler are skipped without being parsed, and events are handed on without
 * being put into order, so that memory holds one chunk's constants and no events.
 */
final class EventFile {

    private final Path file;
    private final Path named;

    /** @param named the file that messages name, of which {@code file} may be a copy */
    EventFile(Path file, Path named) {
        this.file = file;
        this.named = named;
    }

    /** Names of the types that the file has. */
    Set<String> types() {
        try (RecordingFile recording = new RecordingFile(file)) {
            Set<String> names = new HashSet<>();
            for (EventType type : recording.readEventTypes()) {
                names.add(type.getName());
            }
            return names;
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    /**
     * Reads the whole file once, in the order in which JFR wrote it: a buffer for each thread.
     *
     * @param handlers by the name of the event; one event object is used again and again
     */
    void read(Map<String, Consumer<RecordedEvent>> handlers) {
        read(handlers, () -> false);
    }

    /** Reads until {@code enough}, which is called after each event. */
    void read(Map<String, Consumer<RecordedEvent>> handlers, BooleanSupplier enough) {
        read(handlers, enough, stream -> {
            stream.setReuse(true);
            stream.setOrdered(false);
        });
    }

    /**
     * Reads the whole file once, by the time at which the events ended. It takes memory for the events of a chunk.
     *
     * @param handlers by the name of the event
     */
    void readInOrder(Map<String, Consumer<RecordedEvent>> handlers) {
        read(handlers, () -> false, stream -> stream.setOrdered(true));
    }

    private void read(
            Map<String, Consumer<RecordedEvent>> handlers, BooleanSupplier enough, Consumer<EventStream> settings) {
        AtomicReference<Throwable> failed = new AtomicReference<>();
        try (EventStream stream = EventStream.openFile(file)) {
            settings.accept(stream);
            stream.onError(error -> failed.compareAndSet(null, error));
            handlers.forEach((name, handler) -> stream.onEvent(name, event -> {
                handler.accept(event);
                if (enough.getAsBoolean()) {
                    stream.close();
                }
            }));
            stream.start();
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
        Throwable error = failed.get();
        if (error != null) {
            throw damaged(error);
        }
    }

    private RecordingException damaged(Throwable e) {
        return new RecordingException(named + " is damaged, or was written by a JDK that this one cannot read ("
                + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()) + ")");
    }
}
