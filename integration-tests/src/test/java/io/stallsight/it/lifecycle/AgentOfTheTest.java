package io.stallsight.it.lifecycle;

import io.stallsight.it.harness.TestOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A second agent, whose class is found on the class path of the program under test. */
final class AgentOfTheTest {

    private AgentOfTheTest() {}

    /** A jar that makes {@code premain} or {@code agentmain} of this class run. */
    static Path jar(String agentClass) {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(new Attributes.Name("Premain-Class"), agentClass);
        main.put(new Attributes.Name("Agent-Class"), agentClass);
        main.put(new Attributes.Name("Can-Retransform-Classes"), "true");
        Path jar = TestOutput.unique("agent-of-the-test").resolve("agent.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + jar, e);
        }
    }
}
