package io.stallsight.it.metrics;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import io.stallsight.it.harness.Commands;
import io.stallsight.it.harness.TestOutput;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A real Prometheus server that scrapes every second, with the rules of {@code ops/prometheus}. */
final class Prometheus implements AutoCloseable {

    static final Path RULES =
            Path.of("../ops/prometheus/rules.yml").toAbsolutePath().normalize();

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** One series of an answer: its labels and its value. */
    record Row(Map<String, String> labels, double value) {
        String label(String name) {
            return labels.getOrDefault(name, "");
        }
    }

    private final Process process;
    private final String address;

    private Prometheus(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Skips the test, with a message, on a machine without Prometheus. */
    static void assumeInstalled() {
        Commands.assumeInstalled("prometheus");
        Commands.assumeInstalled("promtool");
    }

    /** @param scrapeConfig the YAML below {@code scrape_configs:} */
    static Prometheus start(String scrapeConfig) throws IOException {
        Path directory = TestOutput.unique("prometheus");
        Path config = Files.writeString(
                directory.resolve("prometheus.yml"),
                "global:\n  scrape_interval: 1s\n  evaluation_interval: 1s\nrule_files: [" + RULES
                        + "]\nscrape_configs:\n" + scrapeConfig);
        String listen = "127.0.0.1:" + freePort();
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=" + listen)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile())
                .start();
        Prometheus started = new Prometheus(process, "http://" + listen);
        started.awaitReady();
        return started;
    }

    /** It answers queries with 503 until it has read its storage. */
    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                close();
                throw new IOException("Prometheus is not ready at " + address);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private boolean isReady() {
        try {
            HttpURLConnection ready =
                    (HttpURLConnection) URI.create(address + "/-/ready").toURL().openConnection();
            return ready.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notListening) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The current answer to a query; a wrong query is an error. */
    List<Row> query(String expression) {
        String text =
                Scrape.get(address + "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        try {
            JsonArray result = JsonParser.object().from(text).getObject("data").getArray("result");
            return result.stream()
                    .map(JsonObject.class::cast)
                    .map(Prometheus::row)
                    .toList();
        } catch (JsonParserException e) {
            throw new AssertionError(text, e);
        }
    }

    private static Row row(JsonObject series) {
        Map<String, String> labels = new TreeMap<>();
        series.getObject("metric").forEach((name, value) -> labels.put(name, (String) value));
        return new Row(labels, Double.parseDouble(series.getArray("value").getString(1)));
    }

    /** Repeats the query until the answer matches. */
    List<Row> until(String expression, Predicate<List<Row>> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        List<Row> rows = List.of();
        while (System.nanoTime() < deadline) {
            rows = query(expression);
            if (wanted.test(rows)) {
                return rows;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new AssertionError(
                expression + " is\n" + rows.stream().map(Row::toString).collect(Collectors.joining("\n")));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
