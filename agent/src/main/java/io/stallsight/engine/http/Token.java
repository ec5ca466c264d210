package io.stallsight.engine.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The secret that a request must present. Its text appears in no message. */
final class Token {

    /** In characters. 16 random characters cannot be guessed at the rate that {@link Limits#REFUSAL_DELAY} allows. */
    static final int MIN_LENGTH = 16;

    private final byte[] secret;

    private Token(byte[] secret) {
        this.secret = secret;
    }

    /** @throws IllegalArgumentException if the token is too short; the message does not contain it */
    static Token of(String text) {
        if (text.length() < MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "the token is too short: it has " + text.length() + " characters and needs at least " + MIN_LENGTH);
        }
        return new Token(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Compares in constant time: the duration does not reveal how many characters are right. */
    boolean matches(String offered) {
        return MessageDigest.isEqual(secret, offered.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "(token)";
    }
}
