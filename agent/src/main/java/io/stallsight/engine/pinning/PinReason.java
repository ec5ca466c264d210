package io.stallsight.engine.pinning;

import java.lang.reflect.Modifier;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;

/**
 * Why a virtual thread could not leave its carrier. From JDK 24 on, the event has the reason in a few words. For older
 * JDKs, and for the place, the reason comes from the stack: a native method, a static initialiser, a
 * {@code synchronized} method.
 */
final class PinReason {

    private PinReason() {}

    static String of(RecordedEvent event, List<RecordedFrame> stack) {
        String reason = event.hasField("pinnedReason") ? event.getString("pinnedReason") : null;
        if (reason != null && !reason.isEmpty()) {
            String where = nativeFrame(stack);
            return where.isEmpty() ? reason : reason + ": " + where;
        }
        String where = nativeFrame(stack);
        if (!where.isEmpty()) {
            return "Native or VM frame on stack: " + where;
        }
        String method = synchronizedMethod(stack);
        return method.isEmpty() ? "Monitor held" : "Monitor held: synchronized " + method;
    }

    /** The native method or static initialiser that is nearest to the wait; empty if there is none. */
    private static String nativeFrame(List<RecordedFrame> stack) {
        for (RecordedFrame frame : stack) {
            if (frame.getMethod().getName().equals("<clinit>")) {
                return "static initialiser of " + frame.getMethod().getType().getName();
            }
            // the JDK's own wait may end in a native method, which does not pin
            if (Modifier.isNative(frame.getMethod().getModifiers()) && frame != stack.get(0)) {
                return name(frame);
            }
        }
        return "";
    }

    private static String synchronizedMethod(List<RecordedFrame> stack) {
        for (RecordedFrame frame : stack) {
            if (Modifier.isSynchronized(frame.getMethod().getModifiers())) {
                return name(frame);
            }
        }
        return "";
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }
}
