package app;

/** The work of a service's handlers, right and wrong. */
public final class Handlers {

    private Handlers() {}

    /** Blocks the calling thread, which must not block. */
    public static String block() {
        try {
            Announce.nextLine("Thread.sleep", 30);
            Thread.sleep(30);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "blocked";
    }

    /** Blocks the calling thread, which may block. */
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
     * Leaves the service idle for longer than an interval of the agent and any threshold. Its threads wait for work,
     * which is allowed.
     */
    public static void idle() throws InterruptedException {
        Thread.sleep(1_500);
    }
}
