package io.stallsight.engine.cli;

import java.io.File;
import java.io.IOException;
import java.util.jar.JarFile;
import picocli.CommandLine;

/** The version in the jar's manifest, for {@code --version}. */
final class JarVersion implements CommandLine.IVersionProvider {

    private final File agentJar;

    JarVersion(File agentJar) {
        this.agentJar = agentJar;
    }

    @Override
    public String[] getVersion() throws IOException {
        try (JarFile jar = new JarFile(agentJar)) {
            return new String[] {
                "stallsight " + jar.getManifest().getMainAttributes().getValue("Implementation-Version")
            };
        }
    }
}
