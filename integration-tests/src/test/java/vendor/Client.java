package vendor;

/** A library that no catalog knows. */
public final class Client {

    private Client() {}

    public static void call() {
        try {
            Thread.sleep(30);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
