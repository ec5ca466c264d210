package io.stallsight.engine.metrics.otlp;

import io.stallsight.engine.detect.AgentThread;
import io.stallsight.engine.metrics.Metrics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends all samples to a collector every ten seconds, and once more at the end. Needs module java.net.http, whose
 * client has no global state that the application could have set, as {@code HttpURLConnection} has.
 */
public final class OtlpPush {

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final URI endpoint;
    private final Metrics metrics;
    private final Consumer<String> warnings;
    private final OtlpJson json;
    private final AgentThread thread = new AgentThread("otlp", this::pushUntilStopped);
    private boolean failing;
    private volatile boolean stopped;

    /**
     * @param collector {@code http://host:4318}; without a path that of the specification is taken
     * @param environment of the process
     * @param warnings takes a line when the collector cannot be reached, once until it can again
     */
    public OtlpPush(URI collector, Metrics metrics, Map<String, String> environment, Consumer<String> warnings) {
        String path = collector.getPath();
        this.endpoint =
                path == null || path.isEmpty() || path.equals("/") ? collector.resolve("/v1/metrics") : collector;
        this.metrics = metrics;
        this.warnings = warnings;
        this.json = new OtlpJson(OtlpResource.of(environment), now());
    }

    public void start() {
        thread.start();
    }

    /** Sends what there is; waits for it no longer than a second. */
    public void stop() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join(1_000);
    }

    private void pushUntilStopped() throws InterruptedException {
        // its selector's thread is made by this one and so is known as the agent's, its tasks run on more of them
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .executor(task -> new AgentThread("otlp-io", task::run).start())
                .build();
        do {
            long due = System.nanoTime() + PAUSE;
            while (!stopped && due - System.nanoTime() > 0) {
                LockSupport.parkNanos(this, due - System.nanoTime());
            }
            push(client);
        } while (!stopped);
    }

    private void push(HttpClient client) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.request(metrics.samples(), now())))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            tell(status / 100 == 2 ? null : "it answers " + status);
        } catch (IOException e) {
            tell(e.toString());
        }
    }

    private void tell(@Nullable String problem) {
        if (problem != null && !failing) {
            warnings.accept("metrics cannot be sent to " + endpoint + " (" + problem
                    + "); it is tried again every 10 s, and this is not repeated");
        }
        failing = problem != null;
    }

    private static long now() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
