package io.stallsight.engine.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Streams pictures as server-sent events: first the whole picture, then the changes of each interval.
 *
 * <p>Time is divided into numbered intervals. All streams with the same range share one event at a time, and the first
 * stream that needs the changes of an interval computes them for all others. A shared event contains the changes since
 * the shared event before. A stream takes it if the stream has everything up to then, which the times of the pictures
 * say; their intervals do not, as a stream may open in an interval before its shared event is made. Any other stream,
 * because its client or its thread was slow, gets the whole picture instead. Thread-safe; each stream is written on the
 * thread of its connection.
 */
final class EventFeed {

    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    /** The event that all streams of one range share. */
    private static final class Shared {
        private int streams;

        /** Number of the interval for which the event was made. */
        private long number;

        /** The event has the changes from this time on, in milliseconds since 1970; 0 for the whole picture. */
        private long since;

        /** The event has everything up to this time, in milliseconds since 1970. */
        private long upTo;

        private byte[] event = new byte[0];
    }

    /** Called before and after each event is written, on the thread that writes. */
    interface WriteListener {
        void beforeWrite();

        void afterWrite();
    }

    private final Pages pages;
    private final long interval;
    private final long begin = System.nanoTime();
    private final Map<Integer, Shared> sharedByRange = new HashMap<>();
    private int open;
    private boolean stopped;

    /** @param interval time between two events, in nanoseconds */
    EventFeed(Pages pages, long interval) {
        this.pages = pages;
        this.interval = interval;
    }

    synchronized boolean isFull() {
        return open >= Limits.MAX_STREAMS;
    }

    private synchronized @Nullable Shared enter(int range) {
        if (isFull() || stopped) {
            return null;
        }
        open++;
        Shared shared = sharedByRange.computeIfAbsent(range, key -> new Shared());
        shared.streams++;
        return shared;
    }

    private synchronized void leave(int range, Shared shared) {
        open--;
        if (--shared.streams == 0) {
            sharedByRange.remove(range);
        }
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /**
     * Writes events until the server stops. Writes none if too many streams are open.
     *
     * @throws IOException if the client has closed the connection
     */
    void write(int range, OutputStream out, WriteListener listener) throws IOException, InterruptedException {
        Shared shared = enter(range);
        if (shared == null) {
            return;
        }
        try {
            long last = currentNumber();
            Event sent = whole(range);
            send(out, sent.bytes, listener);
            while (await(last + 1)) {
                long number = currentNumber();
                if (number > last) {
                    sent = next(shared, range, number, sent.upTo);
                    last = number;
                    send(out, sent.bytes, listener);
                } else {
                    send(out, HEARTBEAT, listener);
                }
            }
        } finally {
            leave(range, shared);
        }
    }

    private static void send(OutputStream out, byte[] bytes, WriteListener listener) throws IOException {
        listener.beforeWrite();
        out.write(bytes);
        out.flush();
        listener.afterWrite();
    }

    /** Number of the current interval. */
    private long currentNumber() {
        return (System.nanoTime() - begin) / interval;
    }

    /** Waits until the interval begins, or until a heartbeat is due. Returns false if the server stops. */
    private synchronized boolean await(long number) throws InterruptedException {
        long end = Math.min(begin + number * interval, System.nanoTime() + Limits.HEARTBEAT_PERIOD.toNanos());
        long left = end - System.nanoTime();
        while (left > 0 && !stopped) {
            TimeUnit.NANOSECONDS.timedWait(this, left + 999_999);
            left = end - System.nanoTime();
        }
        return !stopped;
    }

    /**
     * Returns the event for a stream.
     *
     * @param received time up to which the stream has everything
     */
    private Event next(Shared shared, int range, long number, long received) {
        synchronized (shared) {
            if (shared.number < number) {
                // The first shared event is the whole picture: it cannot know what its streams have received.
                shared.since = shared.upTo;
                shared.upTo = time();
                shared.event = event(pages.picture(range, shared.since));
                shared.number = number;
            }
            return received >= shared.since ? new Event(shared.event, shared.upTo) : whole(range);
        }
    }

    private Event whole(int range) {
        long upTo = time();
        return new Event(event(pages.picture(range, 0)), upTo);
    }

    /** The time of a picture that is made next. Not 0, which stands for the whole picture. */
    private long time() {
        return Math.max(1, pages.now());
    }

    private static byte[] event(String json) {
        return ("event: picture\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The bytes of an event, whose receiver then has everything up to a time, in milliseconds since 1970. */
    private static final class Event {
        final byte[] bytes;
        final long upTo;

        Event(byte[] bytes, long upTo) {
            this.bytes = bytes;
            this.upTo = upTo;
        }
    }
}
