package io.stallsight.bench;

import io.stallsight.it.harness.AgentJar;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import reactor.blockhound.BlockHound;

/** The agent that watches the measured JVM. */
enum Watcher {
    NONE("bare"),
    STALLSIGHT("Stallsight"),
    BLOCKHOUND("BlockHound");

    /** Without it BlockHound installs nothing on JDK 13 and later. */
    static final String BLOCKHOUND_FLAG = "-XX:+AllowRedefinitionToAddDeleteMethods";

    final String title;

    Watcher(String title) {
        this.title = title;
    }

    /** JVM arguments that load this watcher at start-up with its defaults and these options. */
    List<String> javaAgent(String stallsightOptions) {
        List<String> arguments = new ArrayList<>();
        if (this == STALLSIGHT) {
            arguments.add(
                    "-javaagent:" + AgentJar.path() + (stallsightOptions.isEmpty() ? "" : "=" + stallsightOptions));
        } else if (this == BLOCKHOUND) {
            arguments.add(BLOCKHOUND_FLAG);
            arguments.add("-javaagent:" + blockHoundJar());
        }
        return arguments;
    }

    static Path blockHoundJar() {
        try {
            return Path.of(BlockHound.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
