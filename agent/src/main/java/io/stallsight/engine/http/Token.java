package io.stallsight.engine.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The secret that a request must know. Never printed. */
final class Token {

    /** Shorter ones could be guessed. */
    static final int LEAST_LENGTH = 16;

    private final byte[] secret;

    private Token(byte[] secret) {
        this.secret = secret;
    }

    /** @throws IllegalArgumentException if it is too short; its text is not in the message */
    static Token of(String text) {
        if (text.length() < LEAST_LENGTH) {
            throw new IllegalArgumentException(
                    "the token is too short: it has " + text.length() + " characters, at least 16 are needed");
        }
        return new Token(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes as long for a nearly right one as for a wrong one. */
    boolean matches(String offered) {
        return MessageDigest.isEqual(secret, offered.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "(token)";
    }
}
