package io.stallsight.junit;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Attaches the agent before the first class of a test is loaded, and tells at the end of the run what was found.
 * Registered by its jar.
 */
public final class StallsightSessionListener implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        try {
            Suite.current();
        } catch (IllegalArgumentException e) {
            // tests that the extension checks fail with it
            System.err.println("[stallsight] " + e.getMessage());
            return;
        }
        session.getLauncher().registerTestExecutionListeners(new TestExecutionListener() {
            @Override
            public void testPlanExecutionFinished(TestPlan testPlan) {
                Suite.current().report();
            }
        });
    }
}
