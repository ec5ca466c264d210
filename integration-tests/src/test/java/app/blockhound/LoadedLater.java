package app.blockhound;

/** Loaded after it was marked as blocking. */
final class LoadedLater {

    private LoadedLater() {}

    static int answer() {
        return 42;
    }
}
