package io.stallsight.engine.finding;

import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.frame.Fingerprint;
import io.stallsight.frame.Frames;
import org.jspecify.annotations.Nullable;

/**
 * Equal for calls of one finding: the same API, called by the same method, on the same loop group. Line numbers are no
 * part of it, because they move with every edit.
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

    /** Written out: the JVM would link a record's own equality on the loop that reports first. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FindingKey that
                && siteMethod.equals(that.siteMethod)
                && siteClass.equals(that.siteClass)
                && api.equals(that.api)
                && loopGroup.equals(that.loopGroup);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * api.hashCode() + siteClass.hashCode()) + siteMethod.hashCode()) + loopGroup.hashCode();
    }
}
