package io.stallsight.frame;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names a finding by the parts that stay the same in every instance, after every restart and after most edits. People
 * keep fingerprints in baselines and dashboards: equal parts give an equal fingerprint in every version.
 */
public final class Fingerprint {

    private static final int BYTES = 5;

    private Fingerprint() {}

    /**
     * Ten hexadecimal digits of a SHA-256: among a thousand findings, two have the same with a chance of one in two
     * million.
     */
    public static String of(String... parts) {
        byte[] text = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
