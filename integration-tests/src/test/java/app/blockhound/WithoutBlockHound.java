package app.blockhound;

/** A service with an integration for BlockHound that nobody installs. */
public final class WithoutBlockHound {

    private WithoutBlockHound() {}

    public static void main(String[] args) throws Exception {
        while (System.getProperty("shop.asked") == null) {
            run(new ShopThread("probe", () -> {}));
        }
        run(new ShopThread("must-not", WithoutBlockHound::sleep));
        run(new ShopThread("allowed", WithoutBlockHound::warmCache));
        run(new ShopThread("disallowed", () -> refreshCache()));
        run(new ShopThread("marked", Marked::spin));
        run(new Thread(
                () -> {
                    sleep();
                    System.setProperty("shop.changed", "true");
                    callUpstream();
                },
                "changing"));
        run(new Thread(WithoutBlockHound::sleep, "other"));
        System.out.println("DONE");
    }

    private static void run(Thread thread) throws InterruptedException {
        thread.start();
        thread.join();
    }

    private static void warmCache() {
        sleep();
    }

    private static void refreshCache() {
        sleep();
        callUpstream();
    }

    private static void callUpstream() {
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
