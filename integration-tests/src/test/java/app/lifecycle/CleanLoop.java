package app.lifecycle;

import app.Handlers;
import app.SelectorLoop;

/** An event loop that never blocks; the main thread prints. */
public final class CleanLoop {

    private CleanLoop() {}

    public static void main(String[] args) throws Exception {
        try (SelectorLoop loop = new SelectorLoop("clean-loop")) {
            for (int i = 0; i < 3; i++) {
                loop.call(Handlers::compute);
            }
        }
        System.out.println("hello");
    }
}
