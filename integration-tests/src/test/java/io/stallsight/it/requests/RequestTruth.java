package io.stallsight.it.requests;

import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.RunningJvm;
import io.stallsight.it.requests.TaggedClient.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends tagged requests to a service, some of which block its loops, and compares what the agent reports with what the
 * client and the service know.
 */
public final class RequestTruth {

    private static final List<String> WAYS =
            List.of("SLEEP", "SOCKET", "FILE", "JDBC", "FUTURE", "LATCH", "MONITOR", "LOCK", "CPU", "INFLATE");

    /** Requests between two that block. */
    private static final int GAP = 20;

    /** So many requests come first, for the compiler. */
    public static final int WARM_UP = 400;

    private static final long PERIOD_NANOS = 10_000_000;
    private static final int MIN_MILLIS = 130;
    private static final int MAX_EXTRA_MILLIS = 40;
    private static final int CONNECTIONS = 40;
    private static final int SHARED_CONNECTIONS = 8;
    private static final long SEED = 7;

    private final TaggedService service;
    private final Random random = new Random(SEED);

    private RequestTruth(TaggedService service) {
        this.service = service;
    }

    /**
     * @param blocking the number of requests that block, of {@value #GAP} times as many
     * @param warmUp the number of requests before those
     */
    public static RequestVerdict run(
            TaggedService service, Protocol protocol, String transport, Jdk jdk, int blocking, int warmUp)
            throws Exception {
        return new RequestTruth(service).run(protocol, transport, jdk, blocking, warmUp);
    }

    private RequestVerdict run(Protocol protocol, String transport, Jdk jdk, int blocking, int warmUp)
            throws Exception {
        Map<Integer, Tagged> sent = new TreeMap<>();
        Map<Integer, Times> times = new TreeMap<>();
        Outcome outcome;
        try (RunningJvm jvm = service.on(jdk, transport).start()) {
            int port = Integer.parseInt(jvm.awaitNumber("PORT "));
            int size = protocol == Protocol.HTTP_1 ? CONNECTIONS : SHARED_CONNECTIONS;
            try (TaggedClient client = new TaggedClient(port, protocol, size)) {
                send(client, warmUp(warmUp), times);
                List<Tagged> plan = plan(blocking);
                plan.forEach(each -> sent.put(each.number(), each));
                send(client, plan, times);
            }
            jvm.end();
            outcome = jvm.awaitExit().healthy();
        }
        return RequestVerdict.of(outcome, sent, times);
    }

    /** One after the other and then many; each place where work is handed to has blocked once. */
    private List<Tagged> warmUp(int size) {
        List<Tagged> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            all.add(request(1_000_000 + i, "", "here"));
        }
        for (String place : service.places()) {
            all.add(request(1_000_000 + all.size(), "SLEEP", place));
        }
        return all;
    }

    /** Each way in the handler and at other places in turn. */
    private List<Tagged> plan(int blocking) {
        List<Tagged> all = new ArrayList<>();
        for (int i = 0; i < blocking; i++) {
            boolean isHere = (i + i / WAYS.size()) % 2 == 0;
            String place = service.places().get(i / 2 % service.places().size());
            all.add(request(all.size(), WAYS.get(i % WAYS.size()), isHere ? "here" : place));
            while (all.size() % GAP != 0) {
                all.add(request(all.size(), "", "here"));
            }
        }
        return all;
    }

    private Tagged request(int number, String way, String where) {
        String route = service.routes().get(random.nextInt(service.routes().size()));
        int space = route.indexOf(' ');
        String template = route.substring(space + 1);
        String path = template.replaceAll("(\\{\\w+}|:\\w+)", Integer.toString(1_000 + number));
        return new Tagged(
                number,
                space < 0 ? "" : route.substring(0, space),
                template,
                path.startsWith("/") ? path : "/" + path,
                way,
                where,
                MIN_MILLIS + random.nextInt(MAX_EXTRA_MILLIS));
    }

    /** A request that blocks is sent when those before have been answered: a busy machine may be late with them. */
    private static void send(TaggedClient client, List<Tagged> requests, Map<Integer, Times> times) throws Exception {
        Map<Integer, CompletableFuture<Times>> answers = new TreeMap<>();
        long next = System.nanoTime();
        for (Tagged request : requests) {
            if (request.blocks()) {
                CompletableFuture.allOf(answers.values().toArray(new CompletableFuture<?>[0]))
                        .get();
                next = System.nanoTime();
            }
            next += PERIOD_NANOS;
            for (long wait = next - System.nanoTime(); wait > 0; wait = next - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            answers.put(request.number(), client.send(request));
        }
        for (Map.Entry<Integer, CompletableFuture<Times>> answer : answers.entrySet()) {
            times.put(answer.getKey(), Objects.requireNonNull(answer.getValue().get()));
        }
        Thread.sleep(300); // the last stall is analysed
    }
}
