package io.stallsight.engine.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import org.jspecify.annotations.Nullable;

/**
 * A recording that the agent makes: of a few events, and what the user records is as it would be without it.
 * Thread-safe.
 */
public final class OwnRecording implements AutoCloseable {

    private static final String PREFIX = "stallsight-";

    private final Recording recording = new Recording();
    private final Function<String, @Nullable Map<String, String>> wanted;
    private int knownTypes = -1;
    private boolean besideOthers;
    private boolean closed;

    /**
     * @param name what {@code jcmd <pid> JFR.check} shows after {@code stallsight-}
     * @param keep older events may be deleted
     * @param wanted settings of an event by its name, null for one that is not wanted
     */
    public OwnRecording(String name, Duration keep, Function<String, @Nullable Map<String, String>> wanted) {
        this.wanted = wanted;
        recording.setName(PREFIX + name);
        recording.setMaxAge(keep);
    }

    public void start() {
        adapt();
        recording.start();
    }

    public Instant startTime() {
        return Objects.requireNonNull(recording.getStartTime());
    }

    /**
     * To be called now and then. Events without a setting follow their own default, also those of the application:
     * while nobody else records, this recording switches them off, as it would be the only reason for them to be made.
     * Beside another recording it must not say anything of them: JFR would follow it where that one relies on the
     * defaults.
     */
    public synchronized void adapt() {
        if (closed) {
            return;
        }
        boolean others = isAnotherRunning();
        var types = FlightRecorder.getFlightRecorder().getEventTypes();
        if (others == besideOthers && types.size() == knownTypes) {
            return;
        }
        besideOthers = others;
        knownTypes = types.size();
        Map<String, String> settings = new HashMap<>();
        for (EventType type : types) {
            String event = type.getName();
            Map<String, String> own = wanted.apply(event);
            if (own != null) {
                settings.put(event + "#enabled", "true");
                own.forEach((key, value) -> settings.put(event + "#" + key, value));
            } else if (!others) {
                settings.put(event + "#enabled", "false");
            }
        }
        recording.setSettings(settings);
    }

    private static boolean isAnotherRunning() {
        for (Recording each : FlightRecorder.getFlightRecorder().getRecordings()) {
            if (!each.getName().startsWith(PREFIX) && each.getState() == RecordingState.RUNNING) {
                return true;
            }
        }
        return false;
    }

    @Override
    public synchronized void close() {
        closed = true;
        recording.close();
    }
}
