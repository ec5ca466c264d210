package io.stallsight.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.TestOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** JVMs of one user, one after the other: what the first one wove, the next ones need not weave. */
class WeaveCacheIT {

    /**
     * The program ends at once. A thread of the agent may load a class that it did not come to load in the JVMs before:
     * that JVM weaves it, and the next ones have it.
     */
    private static final int MAX_LATE_CLASSES = 5;

    @EachJdk(crossed = true)
    void theNextJvm_weavesNothing_andReportsTheSame(Jdk jdk) throws IOException {
        Path cache = TestOutput.unique("weave-cache").resolve("new");

        Outcome first = run(jdk, "cache=" + cache);
        Outcome withoutLoops =
                withClasses(ForkedJvm.of(jdk, "app.lifecycle.Hello").agent("cache=" + cache));
        Outcome next = run(jdk, "cache=" + cache);
        for (int i = 0; i < MAX_LATE_CLASSES && !weavers(next).isEmpty(); i++) {
            next = run(jdk, "cache=" + cache);
        }

        assertThat(weavers(first)).as("classes that weave").hasSizeGreaterThan(10);
        assertThat(weavers(next)).as(next.describe()).isEmpty();
        for (Outcome each : List.of(first, next)) {
            assertThat(each.errors()).contains("Thread.sleep blocked loop for");
        }
        assertThat(cache.toFile().list()).hasSize(1);
        assertThat(Files.getPosixFilePermissions(cache)).hasSize(3);
    }

    @EachJdk
    void aDamagedFile_isReplaced(Jdk jdk) throws IOException {
        Path cache = TestOutput.unique("weave-cache").resolve("new");
        run(jdk, "cache=" + cache);
        Path file = onlyFile(cache);
        byte[] good = Files.readAllBytes(file);
        byte[] damaged = good.clone();
        for (int i = damaged.length / 2; i < damaged.length; i += 100) {
            damaged[i]++;
        }
        Files.write(file, damaged);

        Outcome next = run(jdk, "cache=" + cache);

        assertThat(next.errors()).contains("Thread.sleep blocked loop for");
        assertThat(Files.readAllBytes(onlyFile(cache))).isNotEqualTo(damaged).hasSizeGreaterThan(good.length / 2);
    }

    @EachJdk
    void aFolderThatCannotBeUsed_isOneLine_andTheAgentWorks(Jdk jdk) throws IOException {
        Path file = Files.createFile(TestOutput.unique("weave-cache").resolve("file"));

        Outcome outcome = run(jdk, "cache=" + file.resolve("cache"));

        assertThat(outcome.errors())
                .contains("option cache: woven classes are not kept for later JVMs: ")
                .contains("Thread.sleep blocked loop for");
    }

    @EachJdk
    void withoutTheOption_nothingIsLeftBehind(Jdk jdk) throws IOException {
        Path home = TestOutput.unique("weave-cache-off");

        program(jdk, "mode=observe")
                .withoutCache()
                .environment("XDG_CACHE_HOME", home.toString())
                .run()
                .healthy();

        try (Stream<Path> files = Files.list(home)) {
            assertThat(files).isEmpty();
        }
    }

    private static Outcome run(Jdk jdk, String option) {
        return withClasses(program(jdk, option));
    }

    private static Outcome withClasses(ForkedJvm jvm) {
        return jvm.options("-Xlog:class+load:stdout").run().exited(0).withoutAgentError();
    }

    private static ForkedJvm program(Jdk jdk, String option) {
        return ForkedJvm.of(jdk, "app.lifecycle.NamedThreads", "loop").agent("threads=loop", option);
    }

    private static List<String> weavers(Outcome outcome) {
        return outcome.stdout().stream()
                .filter(line -> line.contains(" io.stallsight.engine.inline.") || line.contains(".WeavingTools "))
                .toList();
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }
}
