package io.stallsight.it.undertow;

import io.stallsight.it.harness.Announced;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;

/** XNIO's I/O threads must not block, its workers may. */
class UndertowIT {

    @EachJdk
    void ioThread_blockingHandler_isFlaggedAndDispatchedIsNot(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.undertow.UndertowServer")
                .agent()
                .quietFramework()
                .classPath(ClassPath.programs().with("undertow-", "xnio-", "jboss-", "wildfly-", "smallrye-"))
                .recording()
                .run()
                .healthy();
        Announced.exactly(outcome);
    }
}
