package app.blockhound;

/**
 * A thread that only the shop's integration knows as one that must not block. Not public, as a marker of one's own
 * often is.
 */
final class ShopThread extends Thread {

    ShopThread(String name, Runnable task) {
        super(task, name);
    }
}
