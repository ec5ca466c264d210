package io.stallsight.engine.log;

import java.io.PrintStream;

/**
 * Writes to the standard error with which the JVM started. An application may later replace System.err with a stream
 * that writes to its logging; the agent must not call into that.
 */
final class StderrSink implements Sink {

    private static final String PREFIX = "[stallsight] ";

    private final PrintStream err = System.err;

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public boolean warn(String text) {
        err.println(PREFIX + text);
        return true;
    }

    @Override
    public boolean info(String text) {
        err.println(PREFIX + text);
        return true;
    }
}
