package io.stallsight.engine.picture;

import io.stallsight.api.Kind;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Cause;
import io.stallsight.engine.fact.Histogram;
import io.stallsight.engine.fact.IntervalEnd;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.fact.ObservedJvm;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.fact.SelfDeadlock;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.fact.Victims;
import io.stallsight.engine.finding.FindingKey;
import io.stallsight.testing.Stacks;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Facts for tests. Their times are given as milliseconds since 1970. */
final class Given {

    static final StackTraceElement SITE = Stacks.frame("com.shop.OrderRepository.find(OrderRepository.java:57)");

    private static final String API = "PreparedStatement.executeQuery";
    private static final String GROUP = "loop-#";

    private Given() {}

    static Picture picture() {
        return Picture.live(1_000, WallClock.ofRecording(), Given::process);
    }

    static ObservedJvm process() {
        return new ObservedJvm(
                1, "shop.jar", "17", "1.0", 0, "observe", 100_000_000L, 2, "Europe/Berlin", "shape", null);
    }

    static long nanos(long millis) {
        return millis * 1_000_000;
    }

    static IntervalEnd intervalEnd(long time) {
        return new IntervalEnd(nanos(time));
    }

    /** With 41 pending tasks, 12 channels, and 3 I/O events that waited for a late tick. */
    static LoopSample loop(long time, String name, long lag) {
        return new LoopSample(
                nanos(time),
                1,
                name,
                GROUP,
                0,
                lag,
                lag,
                lag,
                0.5,
                10,
                0,
                0,
                0,
                0,
                10,
                41,
                12,
                3,
                0,
                0,
                Histogram.EMPTY,
                Histogram.EMPTY);
    }

    /** A sleep at a site, which ends at {@code time}. */
    static BlockingCall sleep(long time, String site, long nanos) {
        return new BlockingCall(
                Kind.SLEEP,
                "Thread.sleep",
                "",
                nanos(time) - nanos,
                nanos,
                "loop-1",
                GROUP,
                List.of(Stacks.frame(site)),
                Stacks.frame(site),
                null,
                Request.UNKNOWN,
                0);
    }

    static Stall stall(long id, long start, long nanos) {
        return stall(id, start, nanos, Cause.BLOCKING_CALL, SITE);
    }

    static Stall stall(long id, long start, long nanos, Cause cause, StackTraceElement site) {
        return stall(id, start, nanos, cause, site, null, null);
    }

    static Stall lockStall(long id, long start, long nanos, String owner, StackTraceElement ownerSite) {
        return stall(id, start, nanos, Cause.LOCK, SITE, owner, ownerSite);
    }

    /** Its largest part is its cause; code of {@link #SITE} is to blame if that has a site. */
    static Stall splitStall(long id, long start, Map<Cause, Long> split) {
        Cause cause =
                Collections.max(split.entrySet(), Map.Entry.comparingByValue()).getKey();
        long nanos = split.values().stream().mapToLong(Long::longValue).sum();
        return stall(id, start, nanos, cause, split, cause.hasSite() ? SITE : null, null, null);
    }

    private static Stall stall(
            long id,
            long start,
            long nanos,
            Cause cause,
            StackTraceElement site,
            String owner,
            StackTraceElement ownerSite) {
        return stall(id, start, nanos, cause, Map.of(cause, nanos), site, owner, ownerSite);
    }

    private static Stall stall(
            long id,
            long start,
            long nanos,
            Cause cause,
            Map<Cause, Long> split,
            StackTraceElement site,
            String owner,
            StackTraceElement ownerSite) {
        return new Stall(
                id,
                1,
                "loop-1",
                GROUP,
                nanos(start),
                nanos,
                false,
                cause,
                split,
                site,
                site == null ? null : API,
                10,
                9,
                false,
                List.of(),
                owner,
                ownerSite,
                List.of(),
                0,
                0,
                1,
                List.of(),
                List.of(),
                41,
                "evidence",
                Request.UNKNOWN,
                Victims.NONE,
                0);
    }

    /** A call of {@link #SITE} that ended at a time. */
    static BlockingCall call(long time, long nanos) {
        return call("find", time, nanos, "loop-1");
    }

    /** A call of a method of the same class. */
    static BlockingCall call(String method, long time, long nanos, String thread) {
        StackTraceElement site = new StackTraceElement("com.shop.OrderRepository", method, "OrderRepository.java", 57);
        return new BlockingCall(
                Kind.JDBC,
                API,
                "socket read 10.0.0.7:5432",
                nanos(time) - nanos,
                nanos,
                thread,
                GROUP,
                List.of(site),
                site,
                "fix",
                Request.UNKNOWN,
                0);
    }

    /** Of the calls of {@link #SITE}. */
    static String fingerprint() {
        return FindingKey.of(API, SITE, GROUP).fingerprint();
    }

    /** Of {@code loop-2}, reported at a time. */
    static SelfDeadlock selfDeadlock(long time) {
        return new SelfDeadlock(
                nanos(time),
                0,
                2,
                "loop-2",
                GROUP,
                SITE,
                List.of(),
                "Future",
                List.of("Task", "Future"),
                null,
                SelfDeadlock.Certainty.PROVEN,
                Request.UNKNOWN,
                0);
    }
}
