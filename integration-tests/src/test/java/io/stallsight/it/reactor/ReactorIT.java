package io.stallsight.it.reactor;

import io.stallsight.it.harness.Announced;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;

/** Reactor's non-blocking threads, and reactor-netty's loops. */
class ReactorIT {

    @EachJdk
    void reactorNetty13_blockingHandler_isFlagged(Jdk jdk) {
        check(jdk, ClassPath.programs().with("netty-", "reactor-", "reactive-streams", "jspecify"));
    }

    @EachJdk
    void reactorNetty12_blockingHandler_isFlagged(Jdk jdk) {
        check(jdk, ClassPath.programs().withLibs("netty-4.1-http", "reactor-netty-1.2"));
    }

    private static void check(Jdk jdk, ClassPath classPath) {
        Outcome outcome = ForkedJvm.of(jdk, "app.reactor.ReactorService")
                .agent()
                .quietFramework()
                .classPath(classPath)
                .recording()
                .run()
                .healthy();
        Announced.exactly(outcome);
    }
}
