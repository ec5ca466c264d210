package io.stallsight.it.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Jdks;
import io.stallsight.it.junit.Sample;
import io.stallsight.it.junit.SampleRun;
import java.nio.file.Path;

/** The service of sample {@code actuator}, built once. */
final class Shop {

    private static final Path JAR = build();

    private Shop() {}

    static ForkedJvm on(Jdk jdk) {
        return ForkedJvm.jar(jdk, JAR).quietFramework();
    }

    private static Path build() {
        Sample sample = Sample.of("actuator", Jdks.tested().get(0));
        SampleRun run = sample.run("-q", "package");
        assertThat(run.exitCode()).as(run::describe).isZero();
        return sample.file("target/service.jar");
    }
}
