package io.stallsight.engine.cli;

import io.stallsight.engine.Bootstrap;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code check}. */
@Command(
        name = "check",
        description = "Runs every hook on this JVM and reports which of them work.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    private final @Nullable Instrumentation instrumentation;

    CheckCommand(@Nullable Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    @Override
    public Integer call() throws Exception {
        return Bootstrap.check(Prerequisites.instrumentation(instrumentation, "check"), System.out) ? 0 : 1;
    }
}
