package io.stallsight.it.pekko;

import io.stallsight.it.harness.Announced;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;

/** Actors on the default dispatcher must not block, those on the dispatcher for blocking work may. */
class PekkoIT {

    @EachJdk
    void defaultDispatcher_blockingActor_isFlaggedAndBlockingIoDispatcherIsNot(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.pekko.PekkoActors")
                .agent()
                .quietFramework()
                // its own log goes to the console, which may block on a busy machine
                .options("-Dpekko.loglevel=OFF", "-Dpekko.stdout-loglevel=OFF")
                .classPath(ClassPath.programs().with("pekko-", "scala-library", "config-"))
                .recording()
                .run()
                .healthy();
        Announced.exactly(outcome);
    }
}
