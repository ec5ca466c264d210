package io.stallsight.engine;

import io.stallsight.engine.instrument.HookInjector;
import java.lang.instrument.Instrumentation;

/**
 * Whether this JVM only trains: whether it records its classes for an archive, an AOT cache of JDK 25 (<a
 * href="https://openjdk.org/jeps/483">JEP 483</a>) or a CDS archive. Classes that an agent changed cannot be archived,
 * and JDK 25 crashes when it comes to them at the end of the run. The archive is good for a later run with the agent.
 */
final class ArchiveRun {

    private static final String STATE_OF_ARCHIVE = "jdk.internal.misc.CDS";

    private ArchiveRun() {}

    /** The JVM itself is asked, as several options lead there, and files and variables may contain them. */
    static boolean isRunning(Instrumentation instrumentation) {
        try {
            Class<?> archive = Class.forName(STATE_OF_ARCHIVE, true, null);
            HookInjector.open(instrumentation, archive, ArchiveRun.class.getModule());
            return (boolean) archive.getMethod("isDumpingArchive").invoke(null);
        } catch (ReflectiveOperationException | LinkageError notKnown) {
            return false; // a JVM without archives, such as OpenJ9
        }
    }
}
