package io.stallsight.engine.recording;

import io.stallsight.api.Kind;
import io.stallsight.engine.monitor.Cause;
import org.jspecify.annotations.Nullable;

/** What to do, which events do not carry. */
final class Advice {

    static final String FAN_OUT =
            "bound what runs at once: flatMap with a concurrency, a pool with a limit, a semaphore";
    static final String PINNED = "replace synchronized around blocking calls by a ReentrantLock, or update the JDK";
    static final String SELF_DEADLOCK = "do not wait: return the Mono, Future or Uni, or compose it";

    private Advice() {}

    static String of(Kind kind, @Nullable String fix) {
        return "it " + kind.what() + "; " + (fix == null ? kind.fix() : fix);
    }

    /** For a stall of this cause; empty for one that this version does not know. */
    static String of(String cause) {
        for (Cause known : Cause.values()) {
            if (known.name().equals(cause)) {
                return known.fix();
            }
        }
        return "";
    }

    /** {@code com.shop.Orders.find(Orders.java:57)} is allowed by {@code com.shop.Orders#find}. */
    static String allow(String site) {
        int bracket = site.indexOf('(');
        int method = bracket < 0 ? -1 : site.lastIndexOf('.', bracket);
        return method < 0 ? site : site.substring(0, method) + "#" + site.substring(method + 1, bracket);
    }
}
