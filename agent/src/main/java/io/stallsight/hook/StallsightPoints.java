package io.stallsight.hook;

/**
 * What the hooks know of each woven point, by its number in the catalog: its flags, and in the self-test whether it
 * ran.
 */
public final class StallsightPoints {

    /** The call blocks only if its receiver is a channel in blocking mode. */
    public static final byte IF_BLOCKING_MODE = 1;

    /** The call is reported only if a blocking call really happened inside. */
    public static final byte SCOPE = 2;

    /** An idle point that only event loops have. */
    public static final byte LOOP = 4;

    /** A scope that strict mode lets begin: it refuses the blocking call inside. */
    public static final byte REFUSE_INSIDE = 8;

    /** The receiver or the subject says what the call is about. */
    public static final byte DETAILED = 16;

    private static volatile byte[] flags = new byte[0];
    private static volatile boolean[] proofs;

    private StallsightPoints() {}

    /** Replaces the flags of all points; the catalog may grow while the agent is attached. */
    public static void setFlags(byte[] ofPoints) {
        flags = ofPoints;
    }

    static byte flags(int point) {
        byte[] all = flags;
        return point < all.length ? all[point] : 0;
    }

    /** Begins to set the element of each point that runs on a proving thread; null ends that. */
    public static void recordProofs(boolean[] ofPoints) {
        proofs = ofPoints;
    }

    static boolean isProving() {
        return proofs != null;
    }

    static void prove(int point) {
        boolean[] all = proofs;
        if (all != null && point < all.length) {
            all[point] = true;
        }
    }
}
