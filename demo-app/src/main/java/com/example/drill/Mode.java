package com.example.drill;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A failure mode of the shop.
 *
 * @param name name of the mode; its paths are {@code /modes/<name>/wrong} and {@code /modes/<name>/right}
 * @param seenBy the report that Stallsight must make
 * @param concurrency requests in flight while the mode is driven
 * @param neighbours cheap requests whose latency shows the harm
 * @param statuses HTTP statuses of correct answers, from the mode or its twin
 */
record Mode(String name, SeenBy seenBy, int concurrency, Neighbours neighbours, Set<Integer> statuses) {

    /** The report that Stallsight must make of a mode. */
    enum SeenBy {
        BLOCKING_CALL(Finding.Type.BLOCKING_CALL, "", ""),
        SELF_DEADLOCK(Finding.Type.SELF_DEADLOCK, "", ".*SelfDeadlockMode.*"),
        COMPUTING(Finding.Type.STALL, "CPU|NATIVE", "com\\.example\\.shop\\.image\\..*"),
        SMALL_TASKS(Finding.Type.STALL, "MANY_SMALL_TASKS", ".*"),
        COLLECTOR(Finding.Type.STALL, "GC_PAUSE|SAFEPOINT", ""),
        POOL(Finding.Type.POOL_EXHAUSTED, "THREADS .*", ".*PoolExhaustionMode.*"),
        CONNECTIONS_OUT(Finding.Type.POOL_EXHAUSTED, "CONNECTIONS WAITING", "CONNECTIONS .*", ".*"),
        CONNECTIONS_STARVED(Finding.Type.POOL_EXHAUSTED, "CONNECTIONS OWN_TASKS", "CONNECTIONS .*", ".*"),
        CONNECTIONS_LOST(Finding.Type.POOL_EXHAUSTED, "CONNECTIONS NOT_RETURNED", "CONNECTIONS .*", ".*"),
        FAN_OUT(Finding.Type.FAN_OUT, "connections", ".*", ".*"),
        REQUESTS(Finding.Type.FAN_OUT, "requests", ".*", ".*Http2FanOutMode.*"),
        PINNING(Finding.Type.PINNED, "", ".*(PinningMode|PriceTable).*"),
        /** Reactor itself refuses the mode. */
        REACTOR(Finding.Type.BLOCKING_CALL, "", "");

        private final Finding.Type type;
        private final Pattern cause;
        private final Pattern anyCause;
        private final Pattern site;

        SeenBy(Finding.Type type, String cause, String site) {
            this(type, cause, cause, site);
        }

        /** @param anyCause of a report that must not be made of the twin */
        SeenBy(Finding.Type type, String cause, String anyCause, String site) {
            this.type = type;
            this.cause = Pattern.compile(cause);
            this.anyCause = Pattern.compile(anyCause);
            this.site = Pattern.compile(site);
        }

        Finding.Type type() {
            return type;
        }

        boolean isCause(String found) {
            return cause.matcher(found).matches();
        }

        boolean isOfTwin(String found) {
            return anyCause.matcher(found).matches();
        }

        /**
         * For modes without a mark in the sources: returns whether the site is the expected one, which may be empty.
         */
        boolean isSite(String found) {
            return site.matcher(found).matches();
        }
    }

    /**
     * Cheap requests beside the mode.
     *
     * @param wrong path that is probed while the wrong endpoint is driven
     * @param right path that is probed while the twin is driven
     */
    record Neighbours(String wrong, String right) {
        static final String HELLO = "/hello";

        static Neighbours hello() {
            return new Neighbours(HELLO, HELLO);
        }

        boolean areHello() {
            return wrong.equals(HELLO);
        }
    }

    private static final Set<Integer> OK = Set.of(200);
    private static final int MANY = 8;

    /** For modes whose twin uses CPU as well: more requests would slow down the whole service, even off the loop. */
    private static final int FEW = 4;

    static List<Mode> all() {
        return List.of(
                blocking("sleep", MANY),
                blocking("http-client", MANY),
                blocking("jdbc", MANY),
                blocking("hidden-library", MANY),
                blocking("block-get", MANY),
                new Mode("self-deadlock", SeenBy.SELF_DEADLOCK, MANY, Neighbours.hello(), Set.of(200, 504)),
                blocking("lock-synchronized", MANY),
                blocking("lock-reentrant", MANY),
                blocking("file-io", FEW),
                blocking("dns", FEW),
                blocking("process-start", FEW),
                blocking("blocking-log-appender", MANY),
                new Mode("block-refused", SeenBy.REACTOR, MANY, Neighbours.hello(), Set.of(200, 500)),
                new Mode("cpu-thumbnail", SeenBy.COMPUTING, FEW, Neighbours.hello(), OK),
                // Netty alternates between reading and its task queue, so only an answer through the queue
                // suffers.
                new Mode("many-small-tasks", SeenBy.SMALL_TASKS, MANY, new Neighbours("/orders/1", "/orders/1"), OK),
                new Mode("gc-pause", SeenBy.COLLECTOR, MANY, Neighbours.hello(), OK),
                new Mode("pool-exhaustion", SeenBy.POOL, 4 * MANY, neighbours("pool-exhaustion"), Set.of(200, 503)),
                new Mode(
                        "connections-slow",
                        SeenBy.CONNECTIONS_OUT,
                        MANY,
                        new Neighbours("/modes/connections-slow/neighbour", "/modes/connections-slow/neighbour"),
                        Set.of(200, 503)),
                new Mode("connections-nested", SeenBy.CONNECTIONS_STARVED, MANY, Neighbours.hello(), Set.of(200, 503)),
                new Mode("connections-leak", SeenBy.CONNECTIONS_LOST, MANY, Neighbours.hello(), Set.of(200, 503)),
                // Before fan-out: a burst of connections to the same upstream hides one of requests for ten seconds.
                new Mode(
                        "http2-fan-out",
                        SeenBy.REQUESTS,
                        FEW,
                        new Neighbours("/modes/http2-fan-out/neighbour", "/modes/http2-fan-out/neighbour"),
                        OK),
                new Mode(
                        "fan-out",
                        SeenBy.FAN_OUT,
                        FEW,
                        new Neighbours("/modes/fan-out/neighbour", "/modes/fan-out/neighbour"),
                        OK),
                new Mode(
                        "pinning",
                        SeenBy.PINNING,
                        MANY,
                        new Neighbours("/modes/pinning/neighbour", "/modes/pinning/neighbour"),
                        Set.of(200, 501)));
    }

    private static Mode blocking(String name, int concurrency) {
        return new Mode(name, SeenBy.BLOCKING_CALL, concurrency, Neighbours.hello(), OK);
    }

    private static Neighbours neighbours(String name) {
        return new Neighbours("/modes/" + name + "/wrong/neighbour", "/modes/" + name + "/right/neighbour");
    }

    /** Returns whether the sources mark the line that Stallsight must report. */
    boolean isMarked() {
        return switch (seenBy) {
            case BLOCKING_CALL, SELF_DEADLOCK, CONNECTIONS_OUT, CONNECTIONS_STARVED, CONNECTIONS_LOST -> true;
            default -> false;
        };
    }

    boolean isRequired() {
        return seenBy != SeenBy.REACTOR;
    }

    String wrong() {
        return "/modes/" + name + "/wrong";
    }

    String right() {
        return "/modes/" + name + "/right";
    }
}
