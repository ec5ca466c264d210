package io.stallsight.engine.log;

/** A destination of log records. Called on the thread {@code stallsight-log} only. */
interface Sink {

    /** Returns whether a record would be written at this moment. */
    boolean ready();

    /** Returns whether the record was taken. */
    boolean warn(String text);

    /** Returns whether the record was taken. */
    boolean info(String text);
}
