package io.stallsight.agent;

import java.io.File;
import java.lang.instrument.Instrumentation;

/** Runs {@code java -jar stallsight.jar <command>}: passes the arguments to the engine's command line. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        EngineLoader loader = EngineLoader.open();
        int exitCode = (int) loader.loadClass("io.stallsight.engine.cli.CommandLineInterface")
                .getMethod("run", String[].class, File.class, Instrumentation.class)
                .invoke(null, arguments, EngineLoader.agentJar(), LauncherAgent.instrumentation());
        System.exit(exitCode);
    }
}
