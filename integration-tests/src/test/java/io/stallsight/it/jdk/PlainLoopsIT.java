package io.stallsight.it.jdk;

import io.stallsight.it.harness.Announced;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;

/** A loop outside of every framework is recognised by its behaviour: it selects. */
class PlainLoopsIT {

    @EachJdk
    void handWrittenSelectorLoop_blockingHandler_isFlaggedAndSelectIsNot(Jdk jdk) {
        check(jdk, "app.jdk.HandWrittenLoop");
    }

    @EachJdk
    void httpClientSelector_blockingBodyHandler_isFlaggedAndPooledIsNot(Jdk jdk) {
        check(jdk, "app.jdk.HttpClientSelector");
    }

    private static void check(Jdk jdk, String main) {
        Outcome outcome = ForkedJvm.of(jdk, main)
                .agent()
                .classPath(ClassPath.programs())
                .recording()
                .run()
                .healthy();
        Announced.exactly(outcome);
    }
}
