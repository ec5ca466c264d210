package app.blockhound;

/** A method that no catalog knows and that is marked as blocking. */
public final class Marked {

    private Marked() {}

    public static String answer() {
        return "42";
    }

    /** Blocks for 5 ms in a way that no hook sees. */
    public static void spin() {
        long end = System.nanoTime() + 5_000_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
