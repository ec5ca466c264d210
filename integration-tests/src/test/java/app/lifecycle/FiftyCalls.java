package app.lifecycle;

/** Blocks a thread named {@code loop} fifty times at one place. */
public final class FiftyCalls {

    private FiftyCalls() {}

    public static void main(String[] args) throws InterruptedException {
        Thread loop = new Thread(FiftyCalls::block, "loop");
        loop.start();
        loop.join();
    }

    private static void block() {
        try {
            for (int i = 0; i < 50; i++) {
                Thread.sleep(3);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
