package io.stallsight.engine.cli;

import java.io.File;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Makes the command objects for picocli, with the objects that they need.
 *
 * @param agentJar the jar that runs, which {@code attach} loads into another JVM
 * @param instrumentation of this JVM; null if it does not run from the jar
 */
record Commands(File agentJar, @Nullable Instrumentation instrumentation) implements CommandLine.IFactory {

    @Override
    public <K> K create(Class<K> type) throws Exception {
        Object made;
        if (type == AttachCommand.class) {
            made = new AttachCommand(agentJar);
        } else if (type == DetachCommand.class) {
            made = new DetachCommand(agentJar);
        } else if (type == CheckCommand.class) {
            made = new CheckCommand(instrumentation);
        } else if (type == ConfigCommand.class) {
            made = new ConfigCommand(agentJar);
        } else if (type == TopCommand.class) {
            made = new TopCommand(agentJar, instrumentation);
        } else if (type == ReportCommand.class) {
            made = new ReportCommand(instrumentation);
        } else if (type == JarVersion.class) {
            made = new JarVersion(agentJar);
        } else {
            made = CommandLine.defaultFactory().create(type);
        }
        return type.cast(made);
    }
}
