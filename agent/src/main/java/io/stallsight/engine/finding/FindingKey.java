package io.stallsight.engine.finding;

import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.frame.Fingerprint;
import io.stallsight.frame.Frames;

/**
 * Equal for calls that belong to one finding: the same call from the same method on the same loop group. Line numbers
 * are not part of it, as they move with every edit.
 */
public record FindingKey(String api, String siteClass, String siteMethod, String loopGroup) {

    public static FindingKey of(BlockingCall call) {
        return of(call.api(), call.site(), call.loopGroup());
    }

    public static FindingKey of(String api, StackTraceElement site, String loopGroup) {
        return new FindingKey(api, site.getClassName(), Frames.methodOf(site), loopGroup);
    }

    /** What people see of it. */
    public String fingerprint() {
        return Fingerprint.of(api, siteClass, siteMethod, loopGroup);
    }
}
