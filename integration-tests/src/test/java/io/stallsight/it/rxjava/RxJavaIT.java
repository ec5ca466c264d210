package io.stallsight.it.rxjava;

import io.stallsight.it.harness.Announced;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;

/** RxJava's computation threads must not block, its io threads may. */
class RxJavaIT {

    @EachJdk
    void computation_blockingTask_isFlaggedAndIoIsNot(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.rxjava.RxSchedulers")
                .agent()
                .quietFramework()
                .classPath(ClassPath.programs().with("rxjava-", "reactive-streams"))
                .recording()
                .run()
                .healthy();
        Announced.exactly(outcome);
    }
}
