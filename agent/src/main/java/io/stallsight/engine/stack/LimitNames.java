package io.stallsight.engine.stack;

import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.memory.BoundedMap;
import io.stallsight.frame.Frames;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of semaphores that the application makes: the field to which the line assigns it, since lines move with
 * each change of a file; else the line. Of a class that was loaded before the agent came, no field is known.
 * Thread-safe.
 */
public final class LimitNames {

    private static final int MAX_CLASSES = 4_000;

    private final BoundedMap<String, Map<Integer, String>> fields = new BoundedMap<>(MAX_CLASSES);

    /**
     * The JVM loads a class; called on the loading thread.
     *
     * @param byLine fields to which these lines of the class assign a semaphore that they make
     */
    public void loading(String className, Map<Integer, String> byLine) {
        fields.putIfAbsent(className, Map.copyOf(byLine));
    }

    /** {@code semaphore OrderService.permits}, or {@code semaphore OrderService.java:31}. */
    public String of(StackTraceElement maker) {
        Map<Integer, String> ofClass = fields.get(maker.getClassName());
        @Nullable String field = ofClass == null ? null : ofClass.get(maker.getLineNumber());
        if (field != null) {
            return "semaphore " + ClassNames.simple(maker.getClassName()) + "." + field;
        }
        String file = maker.getFileName();
        return "semaphore " + (file == null ? Frames.brief(maker) : file + ":" + maker.getLineNumber());
    }
}
