package app.pools;

import app.pools.Library.Lender;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Pools of connections of each library that are well: all connections are out at times, and nobody waits for long. */
public final class BusyConnectionPools {

    private static final int ROUNDS = 7;
    private static final int PER_LIBRARY = 2;
    private static final long ROUND_MILLIS = 2_000;

    /** Some libraries swallow an interrupt. */
    private static volatile boolean ends;

    private BusyConnectionPools() {}

    public static void main(String[] args) throws Exception {
        for (Library library : Library.values()) { // load its classes
            Lender lender = library.open("first", 1);
            lender.borrow().call().close();
            lender.pool().close();
        }
        int pools = testing() + InnocentSemaphores.start();
        for (int round = 0; round < ROUNDS; round++) {
            List<Thread> threads = new ArrayList<>();
            List<Lender> lenders = new ArrayList<>();
            for (Library library : Library.values()) {
                for (int i = 0; i < PER_LIBRARY; i++) {
                    int number = round * PER_LIBRARY + i;
                    int size = 1 + number % 4;
                    Lender lender = library.open(library.name().toLowerCase() + "-" + (char) ('a' + number), size);
                    lenders.add(lender);
                    start(number % 4, lender, size, threads);
                    pools++;
                }
            }
            Thread.sleep(ROUND_MILLIS);
            ends = true;
            for (Thread thread : threads) {
                thread.interrupt();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            for (Lender lender : lenders) {
                lender.pool().close();
            }
            ends = false;
        }
        System.out.println("POOLS " + pools);
        System.out.println("DONE");
        System.exit(0);
    }

    /** One that tests a connection for longer than the threshold, while another thread waits; lives to the end. */
    private static int testing() {
        Lender lender = Library.testing("testing");
        for (int i = 0; i < 2; i++) {
            start(lender, 10, 1);
        }
        return 1;
    }

    private static void start(int pattern, Lender lender, int size, List<Thread> threads) {
        switch (pattern) {
            case 0 -> { // more borrowers than connections
                for (int i = 0; i < 3 * size; i++) {
                    threads.add(start(lender, 20, 5));
                }
            }
            case 1 -> { // all are out all the time, and none is missing
                for (int i = 0; i < size; i++) {
                    threads.add(start(lender, (int) ROUND_MILLIS, 1));
                }
            }
            case 2 -> { // one is out for long, and the others are enough
                threads.add(start(lender, (int) ROUND_MILLIS, 1));
                for (int i = 0; i < 2 * (size - 1); i++) {
                    threads.add(start(lender, 10, 5));
                }
            }
            default -> { // many at once, now and then
                for (int i = 0; i < 4 * size; i++) {
                    threads.add(start(lender, 10, 400));
                }
            }
        }
    }

    private static Thread start(Lender lender, int holdMillis, int pauseMillis) {
        Thread thread = new Thread(() -> work(lender, holdMillis, pauseMillis), lender.name());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void work(Lender lender, int holdMillis, int pauseMillis) {
        try {
            while (!ends) {
                try (AutoCloseable connection = lender.borrow().call()) {
                    Thread.sleep(ThreadLocalRandom.current().nextInt(holdMillis / 2, holdMillis));
                }
                Thread.sleep(pauseMillis);
            }
        } catch (Exception e) {
            if (!ends) {
                throw new IllegalStateException(e);
            }
        }
    }
}
