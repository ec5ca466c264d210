package io.stallsight.engine.recording;

import io.stallsight.api.Kind;
import io.stallsight.engine.fact.Cause;
import org.jspecify.annotations.Nullable;

/** What to do, which events do not carry. */
final class Advice {

    private Advice() {}

    /** For a call of this kind; empty for one that this version does not know. */
    static String ofKind(String kind) {
        for (Kind known : Kind.values()) {
            if (known.name().equals(kind)) {
                return known.fix();
            }
        }
        return "";
    }

    /** For a stall of this cause; empty for one that this version does not know. */
    static String ofCause(String cause) {
        for (Cause known : Cause.values()) {
            if (known.name().equals(cause)) {
                return known.fix();
            }
        }
        return "";
    }

    /** {@code com.shop.Orders.find(Orders.java:57)} is allowed by {@code com.shop.Orders#find}. */
    static String allow(String site) {
        StackTraceElement frame = frame(site);
        return frame == null ? site : frame.getClassName() + "#" + frame.getMethodName();
    }

    /** What a site in an event stands for, without its line; null if it is empty. */
    static @Nullable StackTraceElement frame(String site) {
        int bracket = site.indexOf('(');
        int method = bracket < 0 ? -1 : site.lastIndexOf('.', bracket);
        return method < 0
                ? null
                : new StackTraceElement(site.substring(0, method), site.substring(method + 1, bracket), null, -1);
    }
}
