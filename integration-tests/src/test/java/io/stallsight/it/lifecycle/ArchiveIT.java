package io.stallsight.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.TestOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An AOT cache, or on older JDKs a CDS archive, made by a run with the agent's option and used with the agent. */
class ArchiveIT {

    private static final String PROGRAM = "app.lifecycle.NamedThreads";
    private static final int FIRST_WITH_AOT_CACHE_IN_ONE_STEP = 25;

    @EachJdk(crossed = true)
    void trainedWithTheAgent_theArchiveIsMade_andUsedByAJvmThatReportsFindings(Jdk jdk) throws IOException {
        Path folder = TestOutput.unique("archive-" + jdk.feature());
        ClassPath jar = new ClassPath(List.of(jarOfProgram(folder.resolve("program.jar"))));
        Path archive = folder.resolve("program.archive");
        boolean aot = jdk.feature() >= FIRST_WITH_AOT_CACHE_IN_ONE_STEP;

        Outcome training = program(jdk, jar)
                .options(
                        aot
                                ? new String[] {"-XX:AOTCacheOutput=" + archive}
                                : new String[] {
                                    "-XX:+UnlockDiagnosticVMOptions",
                                    "-XX:+AllowArchivingWithJavaAgent",
                                    "-XX:ArchiveClassesAtExit=" + archive
                                })
                .run()
                .exited(0);
        Outcome production = program(jdk, jar)
                .options(
                        aot
                                ? new String[] {"-XX:AOTMode=on", "-XX:AOTCache=" + archive}
                                : new String[] {
                                    "-XX:+UnlockDiagnosticVMOptions",
                                    "-XX:+AllowArchivingWithJavaAgent",
                                    "-XX:SharedArchiveFile=" + archive
                                })
                .run()
                .exited(0)
                .withoutAgentError();

        assertThat(archive).isNotEmptyFile();
        assertThat(training.errors())
                .contains("[stallsight] This JVM records classes for an AOT cache")
                .doesNotContain("blocked loop for");
        assertThat(production.errors()).contains("Thread.sleep blocked loop for");
    }

    private static ForkedJvm program(Jdk jdk, ClassPath jar) {
        return ForkedJvm.of(jdk, PROGRAM, "loop").classPath(jar).agent("threads=loop");
    }

    /** The JVM archives classes of jars, and none of folders. */
    private static Path jarOfProgram(Path jar) throws IOException {
        String entry = PROGRAM.replace('.', '/') + ".class";
        Path classFile = ClassPath.programs().entries().stream()
                .map(folder -> folder.resolve(entry))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(Files.readAllBytes(classFile));
        }
        return jar;
    }
}
