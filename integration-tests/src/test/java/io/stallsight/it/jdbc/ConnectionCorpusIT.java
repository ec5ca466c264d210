package io.stallsight.it.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;

/**
 * Pools of connections of HikariCP, Tomcat JDBC, DBCP2, c3p0, Agroal, Jedis and Apache HttpClient 4 and 5, to a real
 * PostgreSQL, a real Redis and a real server of HTTP, and the permits of semaphores and of Resilience4j's bulkheads: a
 * hundred that run dry, and a hundred that are busy and well.
 */
class ConnectionCorpusIT {

    private static final int MANY = 100;
    private static final Path PROGRAMS = Path.of("src/test/java/app/pools");
    private static final Pattern LINE = Pattern.compile("(?:Holding|Library)\\.java:(\\d+)");

    @EachJdk
    void dryPools_areAllReported_withTheLineThatHoldsTheirConnections(Jdk jdk) throws Exception {
        Outcome outcome = run(jdk, "app.pools.DryConnectionPools", "threshold.pool=400ms");

        assertThat(outcome.lines("MISSING")).as(outcome::describe).isEmpty();
        List<String[]> held =
                outcome.lines("HELD").stream().map(line -> line.split("/", -1)).toList();
        assertThat(held).hasSizeGreaterThanOrEqualTo(MANY);
        Map<String, List<Integer>> lines = linesByMethod();
        Map<String, Integer> seen = new HashMap<>();
        Map<String, List<RecordedEvent>> exhaustions = firstReports(outcome);
        List<String> wrong = new ArrayList<>();
        for (String[] pool : held) {
            String name = pool[1];
            int index = seen.merge(name, 1, Integer::sum) - 1;
            List<RecordedEvent> reported = exhaustions.getOrDefault(name, List.of());
            if (index >= reported.size()) {
                wrong.add(String.join("/", pool) + ": not reported");
            } else if (!isRight(reported.get(index), pool[2], Integer.parseInt(pool[3]), lines)
                    || reported.get(index).getLong("max") != Integer.parseInt(pool[4])) {
                wrong.add(String.join("/", pool) + ": " + reported.get(index));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(exhaustions.values().stream().mapToInt(List::size).sum()).isEqualTo(held.size());
    }

    @EachJdk
    void busyPools_areNeverReported(Jdk jdk) throws Exception {
        Outcome outcome = run(jdk, "app.pools.BusyConnectionPools", "threshold.pool=1s");

        assertThat(Integer.parseInt(outcome.lines("POOLS").get(0).split(" ", -1)[1]))
                .isGreaterThanOrEqualTo(MANY);
        assertThat(events(outcome, "stallsight.PoolExhausted"))
                .as(outcome::describe)
                .isEmpty();
        assertThat(events(outcome, "stallsight.ThreadPool").stream()
                        .map(event -> event.getString("type"))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "HikariCP",
                        "Tomcat JDBC",
                        "Commons Pool",
                        "c3p0",
                        "Agroal",
                        "Jedis",
                        "Apache HttpClient 5",
                        "Apache HttpClient 4",
                        "Semaphore",
                        "Resilience4j bulkhead");
    }

    private static boolean isRight(RecordedEvent event, String kind, int size, Map<String, List<Integer>> lines) {
        Matcher line = LINE.matcher(event.getString("topSite"));
        return line.find()
                && lines.get(kind).contains(Integer.valueOf(line.group(1)))
                && event.getString("workers").contains(" of " + size + " held by ")
                && !event.getString("workers").contains("unknown")
                && event.getString("workers").contains("; waiting are ")
                && event.getBoolean("selfStarvation") == kind.equals("borrowsAgain")
                && event.getLong("active") == size;
    }

    /** The first report of each exhaustion, by the name of the pool. */
    private static Map<String, List<RecordedEvent>> firstReports(Outcome outcome) {
        Map<Long, RecordedEvent> byId = new LinkedHashMap<>();
        events(outcome, "stallsight.PoolExhausted").stream()
                .filter(event -> event.getBoolean("ongoing"))
                .forEach(event -> byId.putIfAbsent(event.getLong("exhaustionId"), event));
        Collection<RecordedEvent> first = byId.values();
        return first.stream().collect(Collectors.groupingBy(event -> event.getString("name")));
    }

    /** The lines in which a holder of each kind stays. */
    private static Map<String, List<Integer>> linesByMethod() throws IOException {
        Map<String, List<Integer>> lines = new HashMap<>();
        Pattern method = Pattern.compile(" {4}private void (\\w+)\\(.*");
        String current = "";
        List<String> source = Files.readAllLines(PROGRAMS.resolve("Holding.java"));
        for (int i = 0; i < source.size(); i++) {
            Matcher begin = method.matcher(source.get(i));
            if (begin.matches()) {
                // a query of either server is its own method
                current = begin.group(1).startsWith("waitsFor") ? "queries" : begin.group(1);
            }
            if (source.get(i).endsWith("// here")) {
                lines.computeIfAbsent(current, fresh -> new ArrayList<>()).add(i + 1);
            }
        }
        // a client of HTTP, and a limit, borrows in a method of its own
        List<String> library = Files.readAllLines(PROGRAMS.resolve("Library.java"));
        for (int i = 0; i < library.size(); i++) {
            if (library.get(i).endsWith("// here")) {
                lines.get("borrowsAgain").add(i + 1);
            }
        }
        return lines;
    }

    private static List<RecordedEvent> events(Outcome outcome, String type) {
        // not of the threads of these libraries, which open connections
        return Recordings.events(Objects.requireNonNull(outcome.recording()), type).stream()
                .filter(event -> !event.getString("kind").equals("THREADS"))
                .toList();
    }

    private static Outcome run(Jdk jdk, String program, String threshold) throws Exception {
        try (Postgres postgres = Postgres.start();
                Redis redis = Redis.start()) {
            return ForkedJvm.of(jdk, program)
                    .agent("interval=200ms", threshold)
                    .options(
                            "-Djdbc=" + postgres.jdbcUrl(),
                            "-Dredis=" + redis.port(),
                            "-Dslf4j.internal.verbosity=ERROR",
                            "-Dcom.mchange.v2.log.MLog=com.mchange.v2.log.FallbackMLog",
                            "-Dcom.mchange.v2.log.FallbackMLog.DEFAULT_CUTOFF_LEVEL=OFF")
                    .classPath(ClassPath.programs()
                            .with(
                                    "postgresql-",
                                    "HikariCP",
                                    "slf4j-api",
                                    "tomcat-jdbc",
                                    "tomcat-juli",
                                    "commons-dbcp2",
                                    "commons-pool2",
                                    "commons-logging",
                                    "jakarta.transaction-api",
                                    "c3p0",
                                    "mchange-commons-java",
                                    "agroal-",
                                    "jedis",
                                    "gson",
                                    "httpclient",
                                    "httpcore",
                                    "commons-codec",
                                    "resilience4j-",
                                    "json-"))
                    .recording()
                    .deadline(Duration.ofMinutes(3))
                    .run()
                    .healthy();
        }
    }
}
