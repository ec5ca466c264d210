package io.stallsight.engine.cli;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** The parts of a Java that a command needs. */
final class Prerequisites {

    private Prerequisites() {}

    /**
     * A small runtime image may lack modules of the JDK. Each command calls this before it touches a class that does
     * not link without the module, such as {@link Target}.
     *
     * @throws UserException if the module is not there
     */
    static void module(String name) {
        if (ModuleLayer.boot().findModule(name).isEmpty()) {
            throw new UserException("this Java has no module " + name
                    + "; run the command with the java of a full JDK, it need not be that of the service");
        }
    }

    /**
     * The instrumentation of this JVM; the jar's manifest makes the JVM pass it on.
     *
     * @throws UserException if the command does not run from the jar
     */
    static Instrumentation instrumentation(@Nullable Instrumentation given, String command) {
        if (given == null) {
            throw new UserException(command + " needs to be run as java -jar stallsight.jar " + command);
        }
        return given;
    }
}
