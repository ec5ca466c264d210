package io.stallsight.it.vertx;

import io.stallsight.it.harness.Announced;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;

/** Vert.x event loops, and its worker pool. */
class VertxIT {

    @EachJdk
    void vertx5_blockingHandler_isFlagged(Jdk jdk) {
        check(jdk, ClassPath.programs().with("netty-", "vertx-", "jackson-core"));
    }

    @EachJdk
    void vertx4_blockingHandler_isFlagged(Jdk jdk) {
        check(jdk, ClassPath.programs().withLibs("netty-4.1-http", "vertx-4"));
    }

    private static void check(Jdk jdk, ClassPath classPath) {
        Outcome outcome = ForkedJvm.of(jdk, "app.vertx.VertxService")
                .agent()
                .quietFramework()
                .classPath(classPath)
                .recording()
                .run()
                .healthy();
        Announced.exactly(outcome);
    }
}
