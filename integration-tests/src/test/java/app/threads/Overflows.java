package app.threads;

import java.util.concurrent.locks.LockSupport;

/**
 * Overflows the stack {@value #OVERFLOWS} times, inside of watched calls and between them, each time at another depth.
 * After every tenth overflow the thread sleeps in {@code sleepAfterwards}. Prints {@code sleeps <number>}.
 */
public final class Overflows {

    private static final int OVERFLOWS = 300;
    private static final int OVERFLOWS_PER_SLEEP = 10;
    private static final long STACK_BYTES = 200_000;
    private static final int SHAPES = 40;

    private Overflows() {}

    public static void main(String[] arguments) throws InterruptedException {
        Thread thread = new Thread(null, Overflows::run, "hard-overflow", STACK_BYTES);
        thread.start();
        thread.join();
    }

    private static void run() {
        int sleeps = 0;
        for (int i = 0; i < OVERFLOWS; i++) {
            try {
                offset(i % SHAPES, i);
            } catch (StackOverflowError expected) {
                if (i % OVERFLOWS_PER_SLEEP == 0) {
                    sleepAfterwards();
                    sleeps++;
                }
            }
        }
        System.out.println("sleeps " + sleeps);
    }

    private static void sleepAfterwards() {
        try {
            Thread.sleep(3);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The recursion below begins at another depth. */
    private static void offset(int frames, int step) {
        if (frames > 0) {
            offset(frames - 1, step);
        } else {
            deeper(step);
        }
    }

    private static void deeper(int step) {
        LockSupport.unpark(Thread.currentThread()); // so that no park waits
        switch (step % 4) {
            case 0 -> LockSupport.parkNanos(1);
            case 1 -> LockSupport.park();
            case 2 -> yieldBriefly();
            default -> loadClass(step);
        }
        if (step % 7 == 0) {
            wider(step + 1, step, step, step);
        } else {
            deeper(step + 1);
        }
    }

    private static void wider(int step, long first, long second, long third) {
        deeper((int) (step + first - second + third - third));
    }

    private static void yieldBriefly() {
        try {
            Thread.sleep(0);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void loadClass(int step) {
        if (step % 64 == 3) {
            try {
                Class.forName("app.threads.Missing" + step);
            } catch (ClassNotFoundException expected) {
                // the class loader was woven, too
            }
        }
    }
}
