package io.stallsight.it.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/** A module of its own, compiled by the test: the tests' sources are no module. */
public final class CompiledModule {

    private CompiledModule() {}

    /**
     * @param descriptor content of {@code module-info.java}
     * @param path of the one source file besides
     * @return the module's directory, for a module path
     */
    public static Path of(String descriptor, String path, String source, Path... requires) {
        Path sources = TestOutput.unique("module-sources");
        Path classes = TestOutput.unique("module-classes");
        try {
            Path module = Files.writeString(sources.resolve("module-info.java"), descriptor);
            Files.createDirectories(sources.resolve(path).getParent());
            Path main = Files.writeString(sources.resolve(path), source);
            String modulePath =
                    Arrays.stream(requires).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
            int failed = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            null,
                            "--release",
                            "17",
                            "-p",
                            modulePath,
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
