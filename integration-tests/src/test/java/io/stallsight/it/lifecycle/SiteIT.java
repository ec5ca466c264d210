package io.stallsight.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.TestOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Option {@code packages} chooses the line to blame; without it, the places of classes do. */
class SiteIT {

    @EachJdk
    void withoutPackages_theInnermostFrameIsBlamed(Jdk jdk) {
        assertThat(site(jdk, "threads=loop")).startsWith("app.Handlers.blockWhereItMay");
    }

    @EachJdk
    void packages_areBlamedInstead(Jdk jdk) {
        assertThat(site(jdk, "threads=loop", "packages=app.lifecycle"))
                .startsWith("app.lifecycle.ThroughALibrary.handle");
    }

    @EachJdk
    void libraryThatNoCatalogKnows_isToldByItsJar(Jdk jdk) throws IOException {
        Path jar = TestOutput.unique("vendor").resolve("vendor.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("vendor/Client.class"));
            Files.copy(ClassPath.programs().entries().get(0).resolve("vendor/Client.class"), out);
        }
        List<Path> entries = new ArrayList<>(List.of(jar));
        entries.addAll(ClassPath.programs().entries());
        var calls = ForkedJvm.of(jdk, "app.lifecycle.ThroughAVendor")
                .agent("threads=loop")
                .classPath(new ClassPath(entries))
                .recording()
                .run()
                .healthy()
                .blockingCalls();
        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).site()).startsWith("app.lifecycle.ThroughAVendor.handle");
    }

    private static String site(Jdk jdk, String... options) {
        var calls = ForkedJvm.of(jdk, "app.lifecycle.ThroughALibrary")
                .agent(options)
                .recording()
                .run()
                .healthy()
                .blockingCalls();
        assertThat(calls).hasSize(1);
        return calls.get(0).site();
    }
}
