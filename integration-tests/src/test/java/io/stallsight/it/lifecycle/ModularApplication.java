package io.stallsight.it.lifecycle;

import io.stallsight.it.harness.TestOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/** A module of its own, compiled by the test: the test's sources are no module. */
final class ModularApplication {

    private ModularApplication() {}

    /** The module path. */
    static Path compile() {
        Path sources = TestOutput.unique("modular-sources");
        Path classes = TestOutput.unique("modular-classes");
        try {
            Path module = Files.writeString(sources.resolve("module-info.java"), "module modular.application {}\n");
            Path main = Files.createDirectories(sources.resolve("modular")).resolve("Main.java");
            Files.writeString(main, """
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
            int failed = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            null,
                            "--release",
                            "17",
                            "-d",
                            classes.toString(),
                            module.toString(),
                            main.toString());
            if (failed != 0) {
                throw new IllegalStateException("javac exited with " + failed);
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
