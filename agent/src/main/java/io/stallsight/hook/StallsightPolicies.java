package io.stallsight.hook;

/**
 * Entry points of woven code for policies of the application (BlockHound's callbacks): methods about which the policies
 * want to be asked, reports of another tool, and the installation of another tool.
 */
public final class StallsightPolicies {

    private static final int REPORTED = 1;

    private static final PolicyEnter POLICY_ENTER = new PolicyEnter();
    private static final ToolReport TOOL_REPORT = new ToolReport();
    private static final ToolInstall TOOL_INSTALL = new ToolInstall();

    private StallsightPolicies() {}

    /**
     * A method begins about which the policies are asked, on threads for which they have a say.
     *
     * @param point 0 for the stand-in of a native method that no policy names
     * @return what {@link #policyExit} takes
     */
    public static boolean policyEnter(int point) {
        StallsightThread state = point == 0 ? null : StallsightHook.current();
        if (state == null || state.policies() == StallsightThread.NO_POLICIES) {
            return false;
        }
        long answer = POLICY_ENTER.begin(state, point, null, null);
        if (answer == StallsightCalls.REFUSED) {
            throw StallsightErrors.<RuntimeException>sneaky(state.call().takeRefusal());
        }
        return answer == REPORTED;
    }

    /** The method is over. */
    public static void policyExit(boolean reported) {
        StallsightThread state = reported ? StallsightHook.begun() : null;
        if (state != null) {
            state.call().forgetReport();
        }
    }

    /** Another tool reports the blocking call in progress. */
    public static void toolReport(int point) {
        StallsightThread state = StallsightHook.current();
        if (state != null) {
            TOOL_REPORT.begin(state, point, null, null);
        }
    }

    /** {@code tool} is about to instrument this JVM. Returns whether it must not, since the engine does its work. */
    public static boolean toolInstall(int point, Object tool) {
        return TOOL_INSTALL.begin(StallsightHook.current(), point, tool, null) != StallsightHook.NOTHING;
    }

    private static final class PolicyEnter extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object unused, Object unusedToo) {
            StallsightCall call = state.call();
            Throwable refusal = state.isWatched() ? engine.askPolicies(state, point) : null;
            if (refusal != null) {
                call.setRefusal(refusal);
                return StallsightCalls.REFUSED;
            }
            return call.isReported() ? REPORTED : NOTHING;
        }
    }

    private static final class ToolReport extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object unused, Object unusedToo) {
            if (state.call().isInProgress()) {
                state.call().markReported();
            }
            return NOTHING;
        }
    }

    private static final class ToolInstall extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object tool, Object unused) {
            return engine.takeOver(tool) ? 1L : NOTHING;
        }
    }
}
