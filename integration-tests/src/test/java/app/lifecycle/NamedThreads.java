package app.lifecycle;

/** Sleeps on one thread after the other, named by the arguments. */
public final class NamedThreads {

    private NamedThreads() {}

    public static void main(String[] args) throws InterruptedException {
        for (String name : args) {
            Thread thread = new Thread(NamedThreads::block, name);
            thread.start();
            thread.join();
        }
        System.out.println("DONE");
    }

    private static void block() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
