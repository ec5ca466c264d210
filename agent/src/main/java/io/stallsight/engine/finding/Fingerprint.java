package io.stallsight.engine.finding;

import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.stack.Frames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The name of a finding: the same call from the same method on the same loop group has the same fingerprint in every
 * instance and after every restart. Line numbers are not part of it, as they move with every edit.
 */
final class Fingerprint {

    private static final int LENGTH = 10;

    /** Equal for calls that belong to one finding. */
    record Key(String api, String siteClass, String siteMethod, String loopGroup) {
        static Key of(BlockingCall call) {
            return new Key(call.api(), call.site().getClassName(), Frames.methodOf(call.site()), call.loopGroup());
        }
    }

    private Fingerprint() {}

    /**
     * Ten hexadecimal digits of a SHA-256: a collision among a thousand findings has a chance of one in two million.
     */
    static String of(Key key) {
        String text = String.join("\n", key.api, key.siteClass, key.siteMethod, key.loopGroup);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            StringBuilder hex = new StringBuilder(LENGTH);
            for (int i = 0; i < LENGTH / 2; i++) {
                hex.append(Character.forDigit(hash[i] >> 4 & 0xf, 16)).append(Character.forDigit(hash[i] & 0xf, 16));
            }
            return hex.toString();
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
