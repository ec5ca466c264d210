package io.stallsight.engine;

/** An engine that runs. */
interface Attachment {

    /** Restores the JVM. */
    void stop();

    /**
     * Answers the command line, see {@link Requests}.
     *
     * @throws IllegalArgumentException with one line for the user if the request cannot be met
     */
    String answer(String request);
}
