package app.blockhound;

import app.Announce;

/** A service with an integration for BlockHound, and without BlockHound. */
public final class WithoutBlockHound {

    private WithoutBlockHound() {}

    public static void main(String[] args) throws Exception {
        while (System.getProperty("shop.asked") == null) {
            run("probe", () -> {});
        }
        run("must-not", () -> {
            Announce.nextLine("Thread.sleep", 20);
            sleep();
        });
        run("must-not", () -> {
            warmCache(false);
            warmCache(true);
        });
        run("must-not", () -> {
            Announce.nextLine("Marked.spin", 5);
            Marked.spin();
        });
        ShopThread changing = new ShopThread("changing", () -> {
            sleep();
            ((ShopThread) Thread.currentThread()).nonBlocking = true;
            Announce.nextLine("Thread.sleep", 20);
            sleep();
        });
        changing.start();
        changing.join();
        Thread other = new Thread(WithoutBlockHound::sleep, "other");
        other.start();
        other.join();
        Announce.print();
    }

    private static void run(String name, Runnable task) throws InterruptedException {
        ShopThread thread = new ShopThread(name, task);
        thread.start();
        thread.join();
    }

    private static void warmCache(boolean upstream) {
        sleep();
        if (upstream) {
            callUpstream();
        }
    }

    private static void callUpstream() {
        Announce.nextLine("Thread.sleep", 20);
        sleep();
    }

    private static void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
