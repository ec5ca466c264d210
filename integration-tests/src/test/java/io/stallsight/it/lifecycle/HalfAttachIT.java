package io.stallsight.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.AgentJar;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.TestOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Start is all or nothing. */
class HalfAttachIT {

    @EachJdk
    void attachThatFailsHalfWay_leavesNothing_andALaterAttachWorks(Jdk jdk) throws IOException {
        List<Path> classPath = new ArrayList<>(ClassPath.programs().entries());
        classPath.add(AgentJar.path());

        Outcome outcome = ForkedJvm.of(jdk, "app.lifecycle.HalfAttach")
                .classPath(new ClassPath(classPath))
                .options("-javaagent:" + agent(), "--add-opens=java.base/java.lang=ALL-UNNAMED")
                .run()
                .exited(0);

        assertThat(outcome.lines("FAILED "))
                .as(outcome::describe)
                .hasSize(4)
                .allSatisfy(line -> assertThat(line)
                        .as("failed, transformers, threads, handlers, no service")
                        .endsWith(": true 0 0 0 true"));
        assertThat(outcome.lines("DETACHED ")).as(outcome::describe).containsExactly("0 0 true");
        assertThat(outcome.stderr().stream().filter(line -> line.contains("stays off")))
                .as(outcome::describe)
                .hasSize(4);
        assertThat(outcome.stderr().stream().filter(line -> line.contains("Thread.sleep blocked loop-1")))
                .as("the attach that works reports, the others do not: " + outcome.describe())
                .hasSize(1);
    }

    private static Path agent() throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", "app.lifecycle.Instruments");
        attributes.putValue("Can-Retransform-Classes", "true");
        attributes.putValue("Can-Redefine-Classes", "true");
        Path jar = TestOutput.unique("instruments").resolve("instruments.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
