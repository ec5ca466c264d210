package io.stallsight.it.lifecycle;

import io.stallsight.it.harness.CompiledModule;
import java.nio.file.Path;

/** An application that is a module. */
final class ModularApplication {

    private ModularApplication() {}

    /** The module path. */
    static Path compile() {
        return CompiledModule.of("module modular.application {}", "modular/Main.java", """
                package modular;

                public class Main {
                    public static void main(String[] args) throws Exception {
                        System.out.println(Main.class.getModule());
                        Thread loop = new Thread(Main::block, "modular-loop");
                        loop.start();
                        loop.join();
                    }

                    private static void block() {
                        try {
                            Thread.sleep(20);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                }
                """);
    }
}
