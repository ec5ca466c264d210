package io.stallsight.engine.fact;

import io.stallsight.api.Kind;
import io.stallsight.frame.Frames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One blocking call on a non-blocking thread that no rule allows.
 *
 * @param api the outermost API that a developer recognises, for example {@code PreparedStatement.executeQuery}
 * @param detail of the call, for example {@code socket read 127.0.0.1:5432}; empty if nothing more is known
 * @param start see {@link Fact}
 * @param nanos measured duration; 0 if the call was refused
 * @param stack from the blocking API outwards, without frames of the agent
 * @param site the first application frame, or the nearest that there is
 * @param ownFix what the catalog knows to do about this API; null where that is what the kind has
 * @param request that the thread worked for
 * @param context the test or request that the thread worked for, 0 if it is not known; see
 *     {@link io.stallsight.hook.StallsightContexts}
 */
public record BlockingCall(
        Kind kind,
        String api,
        String detail,
        long start,
        long nanos,
        String threadName,
        String loopGroup,
        List<StackTraceElement> stack,
        StackTraceElement site,
        @Nullable String ownFix,
        Request request,
        long context)
        implements Lasting {

    /** {@code com.shop.Orders.find(Orders.java:57)}: IDEs and terminals make it clickable. */
    public String siteText() {
        return Frames.describe(site);
    }

    /** What to do about it, in one line. */
    public String fix() {
        return ownFix == null ? kind.fix() : ownFix;
    }

    /** The value of option {@code allow} that would allow it. */
    public String allowRule() {
        return Frames.rule(site);
    }
}
