package io.stallsight.engine.http;

/** The request is malformed. The client gets status 400 with the message. */
final class BadRequest extends Exception {

    private static final long serialVersionUID = 1;

    BadRequest(String message) {
        super(message, null, false, false);
    }
}
