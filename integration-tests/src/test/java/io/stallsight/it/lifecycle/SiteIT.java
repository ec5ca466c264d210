package io.stallsight.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;

/** Option {@code packages} chooses the line to blame. */
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
