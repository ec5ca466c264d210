package io.stallsight.engine.log;

import java.io.PrintStream;

/**
 * The standard error that the JVM started with: an application that replaces System.err by its logging is not entered.
 */
final class StderrSink implements Sink {

    private static final String PREFIX = "[stallsight] ";

    private final PrintStream err = System.err;

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void warn(String text) {
        err.println(PREFIX + text);
    }

    @Override
    public void info(String text) {
        err.println(PREFIX + text);
    }
}
