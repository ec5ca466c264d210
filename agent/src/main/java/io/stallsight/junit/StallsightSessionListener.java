package io.stallsight.junit;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Attaches the agent before the first class of a test is loaded, and prints a summary at the end of the run. Registered
 * by its jar.
 */
public final class StallsightSessionListener implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (!isMaven()) {
            start();
        }
        session.getLauncher().registerTestExecutionListeners(new TestExecutionListener() {
            @Override
            public void testPlanExecutionStarted(TestPlan testPlan) {
                start();
            }

            @Override
            public void testPlanExecutionFinished(TestPlan testPlan) {
                if (start()) {
                    Suite.current().report();
                }
            }
        });
    }

    /** Surefire looks for tests in Maven's own JVM when it forks several: that JVM must not get the agent. */
    private static boolean isMaven() {
        return System.getProperty("classworlds.conf") != null;
    }

    private static boolean start() {
        try {
            Suite.current();
            return true;
        } catch (SettingException e) {
            System.err.println("[stallsight] " + e.getMessage()); // tests that the extension checks fail with it
            return false;
        }
    }
}
