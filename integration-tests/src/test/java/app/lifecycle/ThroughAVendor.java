package app.lifecycle;

import vendor.Client;

/** Blocks a thread named {@code loop} in a library. */
public final class ThroughAVendor {

    private ThroughAVendor() {}

    public static void main(String[] args) throws InterruptedException {
        Thread loop = new Thread(ThroughAVendor::handle, "loop");
        loop.start();
        loop.join();
    }

    private static void handle() {
        Client.call();
    }
}
