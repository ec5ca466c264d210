package app;

/** What a handler of a service does, well and badly. */
public final class Handlers {

    private Handlers() {}

    /** Blocks the thread that calls, which must not. */
    public static String block() {
        try {
            Announce.nextLine("Thread.sleep", 30);
            Thread.sleep(30);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "blocked";
    }

    /** Blocks the thread that calls, which may. */
    public static String blockWhereItMay() {
        try {
            Thread.sleep(30);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "offloaded";
    }

    /** Does some work. */
    public static String compute() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            text.append(i);
        }
        return "computed " + text.length();
    }

    /**
     * Leaves the service alone for longer than one of the agent's intervals, and than any threshold: its threads wait
     * for work, which is what they are for.
     */
    public static void idle() throws InterruptedException {
        Thread.sleep(1_500);
    }
}
