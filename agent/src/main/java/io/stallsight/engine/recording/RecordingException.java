package io.stallsight.engine.recording;

/** A recording that cannot be read; the message is the one line that the user sees. */
public final class RecordingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RecordingException(String message) {
        super(message);
    }
}
