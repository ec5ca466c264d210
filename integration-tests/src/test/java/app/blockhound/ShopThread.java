package app.blockhound;

/** A thread that only the shop's integration knows as one that must not block. */
public final class ShopThread extends Thread {

    /** Whether it must not block at the moment; asked if the thread is named {@code changing}. */
    public volatile boolean nonBlocking;

    ShopThread(String name, Runnable task) {
        super(task, name);
    }
}
