package io.stallsight.engine.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The exercises of the self-test. Together they call every method that the catalog names of the JDK and of JDBC and
 * that the running JDK has, on the calling thread, in about a second. They use a temporary folder and loopback sockets
 * only.
 *
 * <p>The classes of this package whose names begin with {@code Exercise} are woven like application classes, although
 * the engine's loader defines them: their call sites of native methods are rewritten, and {@link ExerciseJdbcDriver}
 * has the shapes of a JDBC driver.
 */
public final class Exercises {

    private Exercises() {}

    /** The exercises for a JDK, in the order in which they run. */
    public static List<Exercise> forFeature(int feature) {
        List<Exercise> all = new ArrayList<>();
        Stream.of(
                        ExerciseThreads.all(),
                        ExerciseConcurrency.all(),
                        ExercisePools.all(),
                        ExerciseFiles.all(),
                        ExerciseNioFiles.all(),
                        ExerciseChannels.all(),
                        ExerciseSockets.all(),
                        ExerciseHttp.all(),
                        ExerciseZip.all(),
                        ExerciseJdbc.all(),
                        ExerciseJfr.all(),
                        ExerciseSystem.all())
                .flatMap(List::stream)
                .filter(exercise -> exercise.isFor(feature))
                .forEach(all::add);
        return all;
    }
}
