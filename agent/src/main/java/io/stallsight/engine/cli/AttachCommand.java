package io.stallsight.engine.cli;

import io.stallsight.engine.catalog.CatalogReader;
import io.stallsight.engine.catalog.entry.CatalogException;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.config.ConfigException;
import io.stallsight.engine.config.ConfigReader;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code attach <pid> [options]}. */
@Command(name = "attach", description = "Attaches the agent to a running JVM.", mixinStandardHelpOptions = true)
final class AttachCommand implements Callable<Integer> {

    private static final Pattern FILE_OPTION = Pattern.compile("(^|,)(config|catalog)=([^,]+)");

    private final File agentJar;

    @Parameters(index = "0", paramLabel = "<pid>", description = "process id of the JVM")
    private String pid = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "<options>",
            defaultValue = "",
            description = "key=value,... as after -javaagent:stallsight.jar=")
    private String options = "";

    AttachCommand(File agentJar) {
        this.agentJar = agentJar;
    }

    @Override
    public Integer call() {
        Prerequisites.module("jdk.attach");
        String absolute = absolute(options);
        validate(absolute);
        try (Target target = Target.of(pid)) {
            if (target.state().equals("active")) {
                throw new UserException(
                        "the agent is already attached to process " + pid + " (detach " + pid + " takes it out)");
            }
            target.attach(agentJar, absolute);
            String state = target.state();
            if (!state.equals("active")) {
                throw new UserException("the agent stays off in process " + pid + " (" + state + ")");
            }
        }
        System.out.println("attached to " + pid);
        return 0;
    }

    /** Refuses a bad option here, before the target gets it. */
    private static void validate(String options) {
        try {
            Config config = ConfigReader.read(options, new Properties(), Map.of(), Path.of(""));
            Path catalog = config.catalog();
            if (catalog != null) {
                new CatalogReader(Runtime.version().feature()).readFile(catalog);
            }
        } catch (ConfigException | CatalogException e) {
            throw new UserException(String.valueOf(e.getMessage()));
        }
    }

    /** Makes relative files absolute: they are relative to this folder, not to the target's. */
    private static String absolute(String options) {
        Matcher file = FILE_OPTION.matcher(options);
        return file.replaceAll(found -> Matcher.quoteReplacement(
                found.group(1) + found.group(2) + "=" + Path.of(found.group(3)).toAbsolutePath()));
    }
}
