package app.lifecycle;

/** Sleeps in two methods on a thread named {@code loop}. */
public final class TwoSites {

    private TwoSites() {}

    public static void main(String[] args) throws InterruptedException {
        Thread loop = new Thread(
                () -> {
                    first();
                    second();
                },
                "loop");
        loop.start();
        loop.join();
        System.out.println("DONE");
    }

    private static void first() {
        sleep();
    }

    private static void second() {
        sleep();
    }

    private static void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
