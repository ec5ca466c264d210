package app.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tries calls that strict mode refuses, on a thread named {@code loop}, and prints the results. Argument: a file that
 * must not come to exist.
 */
public final class Strict {

    private Strict() {}

    public static void main(String[] args) throws InterruptedException {
        Path file = Path.of(args[0]);
        Thread loop = new Thread(() -> onLoop(file), "loop");
        loop.start();
        loop.join();
        System.out.println("EXISTS " + Files.exists(file));
        System.out.println("DONE");
    }

    private static void onLoop(Path file) {
        try {
            create(file);
            System.out.println("RETURNED");
        } catch (IOException e) {
            System.out.println("FAILED " + e);
        } catch (Error e) {
            System.out.println("REFUSED " + e.getClass().getName() + ": " + e.getMessage());
            for (StackTraceElement frame : e.getStackTrace()) {
                System.out.println("FRAME " + frame);
            }
        }
        long start = System.nanoTime();
        try {
            Thread.sleep(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Error e) {
            System.out.println("SLEPT " + (System.nanoTime() - start) / 1_000_000);
        }
    }

    private static void create(Path file) throws IOException {
        Files.createFile(file);
    }
}
