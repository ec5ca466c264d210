package io.stallsight.engine.picture;

import java.util.List;
import java.util.Map;

/** Rows for tests. */
final class Rows {

    static final String SITE = "com.shop.OrderRepository.find(OrderRepository.java:57)";

    private Rows() {}

    static ProcessRow process() {
        return new ProcessRow(1, "shop.jar", "17", "1.0", 0, "observe", 100_000_000L, 2, "shape");
    }

    /** With 41 pending tasks and 12 channels. */
    static LoopRow loop(String id, long lag) {
        return new LoopRow(id, "loop-#", 0, lag, lag, lag, 0.5, 10, 0, 0, 0, 10, 41, 12, 0, 0);
    }

    static StallRow stall(String id, long start, long nanos) {
        return stall(id, start, nanos, "BLOCKING_CALL", SITE);
    }

    static StallRow stall(String id, long start, long nanos, String cause, String site) {
        return stall(id, start, nanos, cause, site, null, null);
    }

    static StallRow lockStall(String id, long start, long nanos, String owner, String ownerSite) {
        return stall(id, start, nanos, "LOCK", SITE, owner, ownerSite);
    }

    private static StallRow stall(
            String id, long start, long nanos, String cause, String site, String owner, String ownerSite) {
        return new StallRow(
                id,
                "loop-1",
                "loop-#",
                start,
                nanos,
                false,
                cause,
                Map.of(cause, nanos),
                site,
                site == null ? null : "PreparedStatement.executeQuery",
                site == null ? null : "aaaa",
                "evidence",
                "fix",
                41,
                0,
                0,
                10,
                9,
                1,
                List.of(),
                owner,
                ownerSite,
                List.of(),
                List.of(),
                List.of());
    }

    static CallRow call(String fingerprint, long time, long nanos) {
        return call(fingerprint, time, nanos, "loop-1");
    }

    static CallRow call(String fingerprint, long time, long nanos, String thread) {
        return new CallRow(
                time,
                nanos,
                "JDBC",
                "PreparedStatement.executeQuery",
                "socket read 10.0.0.7:5432",
                SITE,
                "loop-#",
                thread,
                fingerprint,
                "fix",
                "com.shop.OrderRepository#find",
                List.of(SITE));
    }
}
