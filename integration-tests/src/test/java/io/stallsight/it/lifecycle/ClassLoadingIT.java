package io.stallsight.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;

/**
 * Class loading is nobody's finding, whatever the loader is called, and whether a hook or the watching thread sees it.
 */
class ClassLoadingIT {

    @EachJdk
    void waitOfAnUnknownLoader_isNoFinding(Jdk jdk) {
        assertThat(ForkedJvm.of(jdk, "app.lifecycle.OddLoader")
                        .agent("threads=odd-loop-*")
                        .recording()
                        .run()
                        .healthy()
                        .blockingCalls())
                .singleElement()
                .satisfies(call -> assertThat(call.site()).startsWith("app.lifecycle.OddLoader$Work.run("));
    }
}
