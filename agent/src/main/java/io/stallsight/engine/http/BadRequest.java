package io.stallsight.engine.http;

/** A request that cannot be understood; the message is what the client is told. */
final class BadRequest extends Exception {

    private static final long serialVersionUID = 1;

    BadRequest(String message) {
        super(message, null, false, false);
    }
}
