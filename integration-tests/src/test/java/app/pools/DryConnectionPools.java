package app.pools;

import app.pools.Library.Lender;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordingStream;

/**
 * Pools of connections of each library that run dry, a round of them after another. Prints {@code HELD}, the pool's
 * name, the method that holds its connections, how many there are, and how many there may be, with slashes between. A
 * round ends when the agent has reported each of its pools, and then that its exhaustion is over.
 */
public final class DryConnectionPools {

    private static final int ROUNDS = 8;
    private static final int MAX_SIZE = 3;
    private static final int WAITERS = 2;
    private static final long TIMEOUT_SECONDS = 40;

    private final Map<String, Integer> begun = new HashMap<>();
    private final Map<String, Integer> over = new HashMap<>();

    private DryConnectionPools() {}

    public static void main(String[] args) throws Exception {
        DryConnectionPools pools = new DryConnectionPools();
        try (RecordingStream stream = new RecordingStream()) {
            stream.enable("stallsight.PoolExhausted");
            stream.onEvent(
                    "stallsight.PoolExhausted",
                    event -> pools.reported(event.getString("name"), event.getBoolean("ongoing")));
            stream.startAsync();
            for (int round = 0; round < ROUNDS; round++) {
                pools.run(round);
            }
        }
        System.out.println("DONE");
        System.exit(0);
    }

    /** One pool: its holders, and who waits. */
    private record Dry(Lender lender, Holding holding, List<Thread> threads) {}

    private void run(int round) throws Exception {
        List<Dry> all = new ArrayList<>();
        Map<String, Integer> expected = new HashMap<>();
        for (Library library : Library.values()) {
            int pools = library.hasNames() ? 2 : 1; // those without a name are one pool
            for (int i = 0; i < pools; i++) {
                int number = round * 2 + i;
                String kind = library.kinds()
                        .get((number + library.ordinal()) % library.kinds().size());
                int size = 1 + number % MAX_SIZE;
                Lender lender = library.open(library.name().toLowerCase() + "-" + (char) ('a' + number), size);
                System.out.println("HELD/" + lender.name() + "/" + kind + "/" + size + "/" + lender.max());
                all.add(dry(lender, kind, size));
                synchronized (this) {
                    expected.put(lender.name(), begun.getOrDefault(lender.name(), 0) + 1);
                }
            }
        }
        await(begun, expected);
        for (Dry dry : all) {
            dry.holding.end();
            dry.threads.forEach(Thread::interrupt);
        }
        for (Dry dry : all) {
            for (Thread thread : dry.threads) {
                thread.join(TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
            }
            dry.lender.pool().close();
        }
        await(over, expected);
    }

    private static Dry dry(Lender lender, String kind, int size) throws Exception {
        Holding holding = new Holding(lender, size);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            threads.add(start(lender.name() + "-holder-" + i, () -> holding.hold(kind)));
        }
        for (int i = 0; i < WAITERS; i++) {
            threads.add(start(lender.name() + "-waiter-" + i, holding::waits));
        }
        return new Dry(lender, holding, threads);
    }

    private static Thread start(String name, Holding.Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private synchronized void reported(String name, boolean isOngoing) {
        if (!isOngoing) {
            over.merge(name, 1, Integer::sum);
        } else if (begun.getOrDefault(name, 0).equals(over.getOrDefault(name, 0))) {
            begun.merge(name, 1, Integer::sum);
        }
        notifyAll();
    }

    private synchronized void await(Map<String, Integer> seen, Map<String, Integer> expected)
            throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (expected.entrySet().stream()
                .anyMatch(entry -> seen.getOrDefault(entry.getKey(), 0) < entry.getValue())) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                System.out.println("MISSING of " + expected + ": begun " + begun + ", over " + over);
                return;
            }
            wait(left);
        }
    }
}
