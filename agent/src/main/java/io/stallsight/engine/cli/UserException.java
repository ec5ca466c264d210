package io.stallsight.engine.cli;

/** An error that the user can correct; its message is the one line that is shown. */
final class UserException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UserException(String message) {
        super(message);
    }
}
