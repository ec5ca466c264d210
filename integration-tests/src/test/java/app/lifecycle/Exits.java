package app.lifecycle;

import app.SelectorLoop;

/** Ends in the way of the argument. */
public final class Exits {

    private Exits() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "exit-on-main" -> System.exit(7);
            case "returns" -> System.out.println("DONE");
            case "halts" -> Runtime.getRuntime().halt(9);
            case "stays" -> Thread.sleep(600_000);
            case "exit-on-loop" -> new SelectorLoop("exiting-loop").run(() -> System.exit(8));
            case "uncaught-on-main" -> throw new IllegalStateException("uncaught on main");
            case "uncaught-on-loop" -> uncaughtOnLoop();
            case "blocks-and-returns" -> blockOnLoop();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void uncaughtOnLoop() throws InterruptedException {
        Thread loop = new Thread(
                () -> {
                    throw new IllegalStateException("uncaught on loop");
                },
                "loop");
        loop.start();
        loop.join();
        System.out.println("DONE");
    }

    private static void blockOnLoop() {
        new Thread(
                        () -> {
                            try {
                                Thread.sleep(20);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "loop")
                .start();
    }
}
