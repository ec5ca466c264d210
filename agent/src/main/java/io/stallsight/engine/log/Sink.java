package io.stallsight.engine.log;

/** Where log records go. */
interface Sink {

    /** Whether a record would be written now. */
    boolean ready();

    void warn(String text);

    void info(String text);
}
