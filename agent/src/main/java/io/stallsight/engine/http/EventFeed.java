package io.stallsight.engine.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Pictures as server-sent events: everything first, then each interval what changed. What changed is made once for all
 * streams of one range, by the first of them that comes for it.
 */
final class EventFeed {

    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    /** What goes to all streams of one range. */
    private static final class Lane {
        private int streams;
        private long number;
        private long former;
        private long since;
        private byte[] event = new byte[0];
    }

    /** Told before each event is written, so that its time is limited, and after. */
    interface Watch {
        void writing();

        void written();
    }

    private final Pages pages;
    private final long interval;
    private final long begin = System.nanoTime();
    private final Map<Integer, Lane> lanes = new HashMap<>();
    private int open;
    private boolean stopped;

    /** @param interval between two events, nanoseconds */
    EventFeed(Pages pages, long interval) {
        this.pages = pages;
        this.interval = interval;
    }

    synchronized boolean isFull() {
        return open >= Limits.STREAMS;
    }

    private synchronized @Nullable Lane enter(int range) {
        if (isFull() || stopped) {
            return null;
        }
        open++;
        Lane lane = lanes.computeIfAbsent(range, none -> new Lane());
        lane.streams++;
        return lane;
    }

    private synchronized void leave(int range, Lane lane) {
        open--;
        if (--lane.streams == 0) {
            lanes.remove(range);
        }
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** Writes events until the client has gone or the server stops; none if there are too many streams already. */
    void write(int range, OutputStream out, Watch watch) throws IOException, InterruptedException {
        Lane lane = enter(range);
        if (lane == null) {
            return;
        }
        try {
            long last = number();
            send(out, event(pages.picture(range, 0)), watch);
            while (await(last + 1)) {
                long number = number();
                send(out, number > last ? next(lane, range, last, number) : HEARTBEAT, watch);
                last = Math.max(last, number);
            }
        } finally {
            leave(range, lane);
        }
    }

    private static void send(OutputStream out, byte[] bytes, Watch watch) throws IOException {
        watch.writing();
        out.write(bytes);
        out.flush();
        watch.written();
    }

    /** Number of the interval that is now. */
    private long number() {
        return (System.nanoTime() - begin) / interval;
    }

    /** Waits for an interval, but not longer than a heartbeat; false once the server stops. */
    private synchronized boolean await(long number) throws InterruptedException {
        long end = Math.min(begin + number * interval, System.nanoTime() + Limits.HEARTBEAT.toNanos());
        long left = end - System.nanoTime();
        while (left > 0 && !stopped) {
            TimeUnit.NANOSECONDS.timedWait(this, left + 999_999);
            left = end - System.nanoTime();
        }
        return !stopped;
    }

    private byte[] next(Lane lane, int range, long last, long number) {
        synchronized (lane) {
            if (lane.number < number) {
                long since = lane.since; // 0 gives everything: nobody knows what the first streams have had
                lane.former = since == 0 ? last : lane.number;
                lane.since = Math.max(1, pages.now());
                lane.event = event(pages.picture(range, since));
                lane.number = number;
            }
            // who missed one, because it was slow or its thread was, gets everything again
            return last >= lane.former ? lane.event : event(pages.picture(range, 0));
        }
    }

    private static byte[] event(String json) {
        return ("event: picture\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
