package app.lifecycle;

import app.SelectorLoop;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An event loop that blocks in three ways; with an argument, once more after a line on stdin. */
public final class Neighbour {

    private static final int MILLIS = 60;

    private static final Object MONITOR = new Object();

    private Neighbour() {}

    public static void main(String[] args) throws Exception {
        try (SelectorLoop loop = new SelectorLoop("shop-loop")) {
            block(loop);
            if (args.length > 0) {
                System.out.println("BLOCKED");
                System.in.read();
                block(loop);
            }
        }
        System.out.println("DONE");
    }

    private static void block(SelectorLoop loop) throws Exception {
        loop.run(Neighbour::sleep);
        loop.run(Neighbour::poll);
        CountDownLatch isHeld = new CountDownLatch(1);
        Thread owner = new Thread(() -> hold(isHeld), "owner");
        owner.start();
        isHeld.await();
        loop.run(Neighbour::enter);
        owner.join();
    }

    private static void sleep() throws InterruptedException {
        Thread.sleep(MILLIS);
    }

    private static void poll() throws InterruptedException {
        new ArrayBlockingQueue<String>(1).poll(MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void enter() {
        synchronized (MONITOR) {
            MONITOR.notifyAll();
        }
    }

    private static void hold(CountDownLatch isHeld) {
        synchronized (MONITOR) {
            isHeld.countDown();
            try {
                Thread.sleep(5 * MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
