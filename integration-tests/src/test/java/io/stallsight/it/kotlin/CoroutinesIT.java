package io.stallsight.it.kotlin;

import io.stallsight.it.harness.Announced;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;

/** A coroutine worker must not block while it runs a task of the default dispatcher, and may for the IO dispatcher. */
class CoroutinesIT {

    @EachJdk
    void defaultDispatcher_blockingTask_isFlaggedAndIoDispatcherIsNot(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.kotlin.CoroutineDispatchers")
                .agent()
                .quietFramework()
                .classPath(ClassPath.programs().with("kotlinx-coroutines", "kotlin-stdlib"))
                .recording()
                .run()
                .healthy();
        Announced.exactly(outcome);
    }
}
