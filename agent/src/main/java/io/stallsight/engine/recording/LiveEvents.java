package io.stallsight.engine.recording;

import io.stallsight.engine.fact.IntervalEnd;
import io.stallsight.engine.fact.ObservedJvm;
import io.stallsight.engine.picture.Picture;
import io.stallsight.engine.picture.WallClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.EventStream;

/** The agent's events of a JVM that runs, read from its JFR repository while it writes them. */
public final class LiveEvents implements AutoCloseable {

    private static final long INTERVAL_MILLIS = 1_000;

    private final EventStream stream;
    private final Picture picture;

    /** The first interval may be half a one. */
    private final CountDownLatch whole = new CountDownLatch(2);

    private boolean sampled;

    private LiveEvents(EventStream stream, ObservedJvm process) {
        this.stream = stream;
        picture = Picture.live(INTERVAL_MILLIS, WallClock.ofRecording(), () -> process);
        AgentEvents events = new AgentEvents(picture, new Span(0, Long.MAX_VALUE));
        stream.setOrdered(true);
        events.handlers().forEach(stream::onEvent);
        stream.onEvent("stallsight.LoopLag", event -> sampled = true);
        stream.onFlush(() -> {
            if (sampled) {
                whole.countDown();
            }
            events.finish();
            picture.observed(new IntervalEnd(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis())));
        });
    }

    /**
     * Begins to read.
     *
     * @param repository as the target named it
     * @throws RecordingException if it cannot be read from here
     */
    public static LiveEvents open(Path repository, ObservedJvm process) {
        try {
            LiveEvents events = new LiveEvents(EventStream.openRepository(repository), process);
            events.stream.startAsync();
            return events;
        } catch (IOException e) {
            throw new RecordingException("the events of the process are in " + repository
                    + ", which cannot be read from here; run the command in the same container, as the same user");
        }
    }

    /** Waits until the samples of a whole interval have come; returns whether they have. */
    public boolean awaitFirst(long millis) throws InterruptedException {
        return whole.await(millis, TimeUnit.MILLISECONDS);
    }

    public Picture picture() {
        return picture;
    }

    @Override
    public void close() {
        stream.close();
    }
}
