package io.stallsight.engine.cli;

/** Something that the user can put right; the message is the one line to be shown. */
final class UserException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UserException(String message) {
        super(message);
    }
}
