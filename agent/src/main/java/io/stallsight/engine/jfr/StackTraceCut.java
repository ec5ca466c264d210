package io.stallsight.engine.jfr;

import io.stallsight.hook.StallsightErrors;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import jdk.jfr.Event;
import jdk.jfr.EventType;

/**
 * Leaves the agent's own frames out of the stack traces of an event, so that the first frame which {@code jfr print}
 * and JMC show is the blocking call.
 *
 * <p>JFR itself leaves out a number of frames that it keeps for each event type
 * ({@code PlatformEventType.stackTraceOffset}, the same on JDK 17 and 25). The agent's frames between a woven method
 * and {@code commit()} are always the same number, see {@link #FRAMES}. On a JDK without this field the frames stay
 * visible, and nothing else is lost; the integration tests would say so.
 */
final class StackTraceCut {

    /**
     * {@code CallEvent.publish}, {@code JfrOutput.report}, {@code Findings.blockingCall}, a method of Calls or
     * Selectors, one of Detector, one of StallsightThread, one of StallsightHook (or of StallsightNatives).
     */
    private static final int FRAMES = 7;

    /** More than any stack has. */
    private static final int ALL = 1_000_000;

    private StackTraceCut() {}

    static void ofAgentFrames(Class<? extends Event> event) {
        cut(event, FRAMES);
    }

    /** For an event without a stack of its own: settings of a recording could switch stack traces on. */
    static void ofAllFrames(Class<? extends Event> event) {
        cut(event, ALL);
    }

    private static void cut(Class<? extends Event> event, int frames) {
        try {
            Method platformType = EventType.class.getDeclaredMethod("getPlatformEventType");
            platformType.setAccessible(true);
            Object type = platformType.invoke(EventType.getEventType(event));
            Field offset = type.getClass().getDeclaredField("stackTraceOffset");
            offset.setAccessible(true);
            offset.setInt(type, offset.getInt(type) + frames);
        } catch (ReflectiveOperationException | RuntimeException moved) {
            StallsightErrors.suppress(moved);
        }
    }
}
