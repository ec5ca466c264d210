package app.lifecycle;

import app.Handlers;

/** Blocks a thread named {@code loop} in a class of another package. */
public final class ThroughALibrary {

    private ThroughALibrary() {}

    public static void main(String[] args) throws InterruptedException {
        Thread loop = new Thread(ThroughALibrary::handle, "loop");
        loop.start();
        loop.join();
    }

    private static void handle() {
        Handlers.blockWhereItMay();
    }
}
