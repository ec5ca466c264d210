package io.stallsight.engine.check;

import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;

/** JFR records the stack of an event. */
final class ExerciseJfr {

    private ExerciseJfr() {}

    static List<Exercise> all() {
        return List.of(new Exercise("Event.commit", ExerciseJfr::commit));
    }

    @StackTrace
    static final class ExerciseEvent extends Event {}

    private static void commit() {
        try (Recording recording = new Recording()) {
            recording.enable(ExerciseEvent.class);
            recording.start();
            new ExerciseEvent().commit();
        }
    }
}
