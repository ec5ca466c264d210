package io.stallsight.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventFeedTest {

    /** Pages whose time advances by one with each picture. A picture is the text {@code <since>..<now>}. */
    private static final class CountingPages implements Pages {
        final AtomicLong now = new AtomicLong(1_000);

        @Override
        public long now() {
            return now.get();
        }

        @Override
        public String picture(int range, long since) {
            return since + ".." + now.incrementAndGet();
        }

        @Override
        public String snapshotName() {
            throw new AssertionError();
        }

        @Override
        public String hooks() {
            throw new AssertionError();
        }

        @Override
        public String config() {
            throw new AssertionError();
        }

        @Override
        public Metrics metrics(@Nullable String accept) {
            throw new AssertionError();
        }

        @Override
        public void change(String key, String value) {
            throw new AssertionError();
        }

        @Override
        public void reset() {
            throw new AssertionError();
        }
    }

    private static final EventFeed.WriteListener NO_LISTENER = new EventFeed.WriteListener() {
        @Override
        public void beforeWrite() {}

        @Override
        public void afterWrite() {}
    };

    private final EventFeed feed = new EventFeed(new CountingPages(), 5_000_000L);

    /** Receives {@code count} events, then closes the connection. */
    private List<String> events(int count) throws InterruptedException {
        List<String> received = new CopyOnWriteArrayList<>();
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) {
                throw new AssertionError();
            }

            @Override
            public void write(byte[] bytes) throws IOException {
                received.add(new String(bytes, StandardCharsets.UTF_8));
                if (received.size() == count) {
                    throw new IOException("connection closed");
                }
            }
        };
        try {
            feed.write(300, out, NO_LISTENER);
        } catch (IOException closed) {
            // expected
        }
        return received;
    }

    @Test
    void eachEvent_beginsWhereTheOneBeforeEnded() throws InterruptedException {
        List<String> events = events(20);

        assertThat(events.get(0)).startsWith("event: picture\ndata: 0..");
        long receivedUpTo = upTo(events.get(0));
        for (String event : events.subList(1, events.size())) {
            assertThat(since(event)).as(event).isLessThanOrEqualTo(receivedUpTo);
            receivedUpTo = upTo(event);
        }
        assertThat(since(events.get(19))).isPositive();
    }

    @Test
    void streamsThatOpenAtAnyTime_missNothing() throws Exception {
        ExecutorService streams = Executors.newFixedThreadPool(Limits.MAX_STREAMS);
        List<Future<List<String>>> received = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            received.add(streams.submit(() -> events(3)));
        }
        streams.shutdown();

        for (Future<List<String>> stream : received) {
            List<String> events = stream.get();
            for (int i = 1; i < events.size(); i++) {
                assertThat(since(events.get(i))).as("%s", events).isLessThanOrEqualTo(upTo(events.get(i - 1)));
            }
        }
    }

    @Test
    void streamBeyondTheLimit_getsNoEvents() throws InterruptedException {
        List<Thread> streams = new CopyOnWriteArrayList<>();
        for (int i = 0; i < Limits.MAX_STREAMS; i++) {
            Thread stream = new Thread(() -> {
                try {
                    feed.write(300, OutputStream.nullOutputStream(), NO_LISTENER);
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            stream.start();
            streams.add(stream);
        }
        while (!feed.isFull()) {
            Thread.onSpinWait();
        }

        assertThat(events(1)).isEmpty();

        feed.stop();
        for (Thread stream : streams) {
            stream.join();
        }
        assertThat(feed.isFull()).isFalse();
    }

    private static long since(String event) {
        return Long.parseLong(event.replaceAll("(?s).*data: (\\d+)\\.\\..*", "$1"));
    }

    private static long upTo(String event) {
        return Long.parseLong(event.replaceAll("(?s).*\\.\\.(\\d+).*", "$1"));
    }
}
