package io.stallsight.it.jdk;

import io.stallsight.it.harness.Announced;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;

/** Loops of nobody's framework are known by what they do: they select. */
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
