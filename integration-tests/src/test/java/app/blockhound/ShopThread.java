package app.blockhound;

/** A thread that must not block, by the shop's integration only. Not public, as such a marker often is not. */
final class ShopThread extends Thread {

    ShopThread(String name, Runnable task) {
        super(task, name);
    }
}
