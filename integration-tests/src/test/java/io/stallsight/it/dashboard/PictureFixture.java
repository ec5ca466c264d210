package io.stallsight.it.dashboard;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Builds pictures in the form of docs/api.md. */
final class PictureFixture {

    static final String SITE = "com.example.shop.OrderRepository.find(OrderRepository.java:57)";

    /** The fingerprint of the most harmful finding. */
    static final String FIRST = "f0";

    static final int PAUSE = 240;

    private static final int PAUSE_AGE_SECONDS = 30;

    private static final long NOW = 1_764_000_000_000L;
    private static final int COLUMNS = 300;

    private int loops = 8;
    private int pools = 12;
    private int findings = 3;
    private int notices = 1;
    private boolean isDelta;
    private int later;
    private int wholeColumns = COLUMNS;
    private int stuckFor = 310;
    private boolean paused;
    private String name = "";
    private String verdict = "reactor-http-epoll is late: p99 840 ms";

    PictureFixture loops(int count) {
        loops = count;
        return this;
    }

    PictureFixture pools(int count) {
        pools = count;
        return this;
    }

    /** The number of columns of a whole picture; a short recording has few. */
    PictureFixture columns(int count) {
        wholeColumns = count;
        return this;
    }

    /** The time for which the first loop has been stuck. */
    PictureFixture stuckFor(int millis) {
        stuckFor = millis;
        return this;
    }

    /** All loops waited for a CPU for {@link #PAUSE} ms, half a minute before the end. */
    PictureFixture paused() {
        paused = true;
        return this;
    }

    /** The number of equal notices. */
    PictureFixture notices(int count) {
        notices = count;
        return this;
    }

    PictureFixture findings(int count) {
        findings = count;
        return this;
    }

    PictureFixture verdict(String text) {
        verdict = text;
        return this;
    }

    /** Every string of the application ends with this. */
    PictureFixture named(String text) {
        name = text;
        return this;
    }

    /** The next event, in which the last finding has become the worst. @param columns after the picture's end */
    PictureFixture delta(int columns) {
        isDelta = true;
        later = columns;
        return this;
    }

    String json() {
        int columns = isDelta ? 1 : wholeColumns;
        long now = NOW + later * 1000L;
        JsonObject picture = new JsonObject();
        picture.put("api", 1);
        picture.put("source", "live");
        picture.put("now", now);
        picture.put("from", now - columns * 1000L);
        picture.put("step", 1000);
        picture.put("columns", columns);
        picture.put("delta", isDelta);
        picture.put(
                "process",
                object(
                        "pid",
                        4711,
                        "name",
                        "shop.jar" + name,
                        "host",
                        null,
                        "java",
                        "17.0.15",
                        "agent",
                        "0.1.0",
                        "started",
                        NOW - 10_000_000,
                        "mode",
                        "observe",
                        "cpus",
                        2,
                        "zone",
                        "Europe/Berlin",
                        "stallThreshold",
                        100,
                        "detail",
                        "shape"));
        picture.put(
                "verdict",
                object(
                        "level",
                        "bad",
                        "label",
                        "Loops are late",
                        "text",
                        verdict + name,
                        "more",
                        array("shared-# is full" + name, "393 connections" + name),
                        "moreLinks",
                        array(
                                array(object("to", "pool", "id", "shared-#" + name)),
                                array(object("to", "notices", "id", ""))),
                        "links",
                        loops == 0
                                ? new JsonArray()
                                : array(object("to", "loop", "id", loopId(0)), object("to", "finding", "id", FIRST))));
        picture.put("loops", array(loops, index -> loop(index, columns)));
        picture.put("stalls", loops == 0 || isDelta ? new JsonArray() : stalls(now));
        picture.put("findings", array(findings, index -> finding(index, now, columns)));
        picture.put("pools", array(pools, index -> pool(index, columns)));
        picture.put(
                "exhaustions",
                isDelta
                        ? new JsonArray()
                        : array(object(
                                "id",
                                "3",
                                "pool",
                                "shared-#" + name,
                                "start",
                                now - 4000,
                                "duration",
                                3200,
                                "last",
                                now,
                                "evidence",
                                "8 of 8 workers" + name,
                                "advice",
                                "bound it",
                                "sites",
                                array(object("workers", 8, "site", SITE, "doing", "socket read", "stack", stack())),
                                "requests",
                                array("6 GET /legacy", "2 GET /hello"),
                                "waitingRequests",
                                array("3 GET /orders/{id}"))));
        picture.put(
                "downstreams",
                array(object(
                        "id",
                        "#:5432" + name,
                        "inFlight",
                        12,
                        "peak",
                        40,
                        "highWater",
                        400,
                        "connects",
                        3,
                        "failed",
                        0,
                        "series",
                        object("peak", column(columns, 3)))));
        picture.put("notices", isDelta ? new JsonArray() : notices(now));
        picture.put(
                "hooks",
                object(
                        "woven",
                        231,
                        "waiting",
                        149,
                        "holes",
                        array(object("hook", "java.lang.Thread#sleep(long)", "problem", "not woven" + name))));
        picture.put("agent", object("cpu", 0.004, "errors", 0, "firstError", null, "dropped", 0));
        picture.put(
                "left",
                object(
                        "loops",
                        0,
                        "stalls",
                        0,
                        "exhaustions",
                        0,
                        "notices",
                        0,
                        "pools",
                        0,
                        "downstreams",
                        0,
                        "findings",
                        0));
        return JsonWriter.string(picture);
    }

    private JsonArray notices(long now) {
        JsonArray all = new JsonArray();
        for (int i = 0; i < notices; i++) {
            all.add(object(
                    "type",
                    "fan-out",
                    "time",
                    now - i,
                    "thread",
                    "t" + name,
                    "site",
                    SITE,
                    "text",
                    (393 - i) + " connections" + name,
                    "fix",
                    "bound it",
                    "stack",
                    stack()));
        }
        return all;
    }

    private String loopId(int index) {
        return "reactor-http-epoll-" + (index + 1) + name;
    }

    private JsonObject loop(int index, int columns) {
        JsonObject series = object(
                "lagP99",
                column(columns, 2),
                "lagMax",
                lag(columns, index == 0 ? 500 : 3),
                "utilization",
                column(columns, 0.4),
                "pending",
                column(columns, 2),
                "ticks",
                column(columns, 100));
        return object(
                "id",
                loopId(index),
                "group",
                "reactor-http-epoll-#",
                "state",
                index == 0 ? "stuck" : "free",
                "lagP50",
                0.2,
                "lagP90",
                3,
                "lagP99",
                2,
                "lagMax",
                3,
                "utilization",
                0.4,
                "ticks",
                120,
                "tasks",
                340,
                "tickP50",
                0.1,
                "tickP99",
                9,
                "tickMax",
                10,
                "pending",
                2,
                "channels",
                12,
                "runningFor",
                index == 0 ? stuckFor : null,
                "oldestTask",
                null,
                "series",
                series);
    }

    private JsonArray lag(int columns, double usual) {
        JsonArray lag = column(columns, usual);
        if (paused && columns > PAUSE_AGE_SECONDS) {
            lag.set(columns - PAUSE_AGE_SECONDS, PAUSE + 3);
        }
        return lag;
    }

    private JsonArray stalls(long now) {
        JsonArray all = array(stall(now));
        for (int i = 0; paused && i < loops; i++) {
            JsonObject pause = stall(now);
            pause.put("id", "pause-" + i);
            pause.put("loop", loopId(i));
            pause.put("start", now - PAUSE_AGE_SECONDS * 1000L + i);
            pause.put("duration", PAUSE);
            pause.put("cause", "NOT_SCHEDULED");
            pause.put("site", null);
            pause.put("api", null);
            all.add(pause);
        }
        return all;
    }

    private JsonObject stall(long now) {
        return object(
                "id",
                "17",
                "loop",
                loopId(0),
                "group",
                "reactor-http-epoll-#",
                "start",
                now - 20_000,
                "duration",
                842.1,
                "ongoing",
                false,
                "cause",
                "LOCK",
                "split",
                object("LOCK", 801, "CPU", 41.1),
                "site",
                SITE + name,
                "api",
                "synchronized",
                "fingerprint",
                FIRST,
                "evidence",
                "78 of 80 samples" + name,
                "fix",
                "no lock",
                "waiting",
                41,
                "harm",
                34.5,
                "cpu",
                41,
                "throttled",
                0,
                "samples",
                80,
                "samplesAtSite",
                78,
                "reduced",
                false,
                "tasks",
                3,
                "topTasks",
                new JsonArray(),
                "owner",
                "worker-7" + name,
                "ownerSite",
                "com.example.shop.Worker.hold(Worker.java:9)",
                "ownerStack",
                stack(),
                "stack",
                stack(),
                "profile",
                array(
                        object("count", 78, "stack", stack()),
                        object(
                                "count",
                                2,
                                "stack",
                                array(
                                        "com.example.shop.Other.run(Other.java:1)",
                                        "java.lang.Thread.run(Thread.java:840)"))));
    }

    private JsonObject finding(int index, long now, int columns) {
        // the last finding of a delta has the most harm
        double harm = isDelta && index == findings - 1 ? 1000 : 100 - index;
        return object(
                "fingerprint",
                "f" + index,
                "kind",
                "JDBC",
                "api",
                "PreparedStatement.executeQuery",
                "site",
                SITE.replace("find", "find" + index) + name,
                "group",
                "reactor-http-epoll-#",
                "thread",
                loopId(0),
                "count",
                120 + later,
                "total",
                9800,
                "p50",
                80,
                "p99",
                142,
                "max",
                150,
                "first",
                now - 9000,
                "last",
                now,
                "harm",
                harm,
                "detail",
                "socket read #:5432" + name,
                "fix",
                "use R2DBC",
                "allow",
                "com.example.shop.OrderRepository#find",
                "stack",
                stack(),
                "series",
                object("count", column(columns, 2), "total", column(columns, 80)));
    }

    private JsonObject pool(int index, int columns) {
        boolean full = index == 0;
        JsonObject series = index < 40
                ? object(
                        "saturation",
                        column(columns, 1),
                        "queued",
                        column(columns, 12),
                        "waitMax",
                        column(columns, 900))
                : null;
        return object(
                "id",
                (full ? "shared-#" : "pool-" + index + "-#") + name,
                "type",
                "ThreadPoolExecutor",
                "executors",
                1,
                "active",
                full ? 8 : 0,
                "size",
                8,
                "max",
                8,
                "queued",
                full ? 120 : 0,
                "capacity",
                null,
                "waitP50",
                1,
                "waitP99",
                2,
                "waitMax",
                3,
                "oldestTask",
                null,
                "runP50",
                1,
                "runP99",
                2,
                "runMax",
                3,
                "completed",
                80,
                "rejected",
                0,
                "saturation",
                full ? 1 : 0,
                "state",
                full ? "exhausted" : "free",
                "series",
                series);
    }

    private JsonArray stack() {
        return array(
                "java.base/java.lang.Object.wait(Object.java:1)", SITE + name, "java.lang.Thread.run(Thread.java:840)");
    }

    private static JsonArray column(int columns, double value) {
        return new JsonArray(Collections.nCopies(columns, value));
    }

    private static JsonArray array(Object... values) {
        return new JsonArray(List.of(values));
    }

    private static JsonArray array(int count, java.util.function.IntFunction<JsonObject> each) {
        return new JsonArray(
                java.util.stream.IntStream.range(0, count).mapToObj(each).toList());
    }

    private static JsonObject object(@org.jspecify.annotations.Nullable Object... namesAndValues) {
        Map<String, Object> object = new java.util.LinkedHashMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            object.put(String.valueOf(namesAndValues[index]), namesAndValues[index + 1]);
        }
        return new JsonObject(object);
    }
}
