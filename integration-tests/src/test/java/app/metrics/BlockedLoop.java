package app.metrics;

import app.SelectorLoop;

/**
 * A loop that blocks again and again, until standard input ends. Prints a line after as many blocking calls as the
 * argument says.
 */
public final class BlockedLoop {

    private BlockedLoop() {}

    public static void main(String[] args) throws Exception {
        int enough = args.length == 0 ? 1 : Integer.parseInt(args[0]);
        Thread untilTheEnd = new Thread(BlockedLoop::readToTheEnd, "stdin");
        try (SelectorLoop loop = new SelectorLoop("orders-loop-1")) {
            System.out.println("READY");
            untilTheEnd.start();
            for (int i = 1; untilTheEnd.isAlive() || i <= enough; i++) {
                loop.run(() -> Thread.sleep(20));
                Thread.sleep(20);
                if (i == enough) {
                    System.out.println("ENOUGH");
                }
            }
        }
    }

    private static void readToTheEnd() {
        try {
            while (System.in.read() >= 0) {
                // the content of the line does not matter
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
