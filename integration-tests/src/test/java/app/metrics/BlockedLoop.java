package app.metrics;

import app.SelectorLoop;

/** A loop that something blocks again and again, until standard input ends. */
public final class BlockedLoop {

    private BlockedLoop() {}

    public static void main(String[] args) throws Exception {
        try (SelectorLoop loop = new SelectorLoop("orders-loop-1")) {
            System.out.println("READY");
            while (System.in.available() == 0) {
                loop.run(() -> Thread.sleep(20));
                Thread.sleep(20);
            }
        }
    }
}
