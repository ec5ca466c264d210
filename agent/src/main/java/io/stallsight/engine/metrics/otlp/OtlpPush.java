package io.stallsight.engine.metrics.otlp;

import io.stallsight.engine.metrics.Metrics;
import io.stallsight.engine.thread.AgentThread;
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
 * Pushes all samples to a collector every ten seconds, and once more when it is stopped.
 *
 * <p>Uses the client of module java.net.http and not {@code HttpURLConnection}: the latter has global settings
 * (authenticator, cookie handler, stream handler factory), which the application may have set for itself.
 */
public final class OtlpPush {

    private static final long PUSH_PERIOD = TimeUnit.SECONDS.toNanos(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long STOP_TIMEOUT_MILLIS = 1_000;

    private final URI endpoint;
    private final Metrics metrics;
    private final Consumer<String> warnings;
    private final OtlpJson json;
    private final AgentThread thread = AgentThread.lasting("otlp", this::pushUntilStopped);
    private boolean failing;
    private volatile boolean stopped;

    /**
     * @param collector {@code http://host:4318}; without a path, the specification's {@code /v1/metrics} is added
     * @param environment environment variables of the process, for {@link OtlpResource}
     * @param warnings gets one line when pushes begin to fail, and another one only after a push succeeded meanwhile
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

    /** Pushes the samples a last time. Waits for that at most one second. */
    public void stop() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join(STOP_TIMEOUT_MILLIS);
    }

    private void pushUntilStopped() throws InterruptedException {
        // Hooks must not observe the client's threads. Its selector thread inherits the thread group of the agent from
        // the thread that creates the client, which is this one. Its tasks run on the executor, on agent threads.
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .executor(task -> new AgentThread("otlp-io", task::run).start())
                .build();
        do {
            long due = System.nanoTime() + PUSH_PERIOD;
            while (!stopped && due - System.nanoTime() > 0) {
                LockSupport.parkNanos(this, due - System.nanoTime());
            }
            push(client);
        } while (!stopped);
    }

    private void push(HttpClient client) throws InterruptedException {
        long now = now(); // before the samples: none of their exemplars is older than the next request's limit
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.request(metrics.samples(), now)))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            warnOnce(status / 100 == 2 ? null : "HTTP status " + status);
        } catch (IOException e) {
            warnOnce(e.toString());
        }
    }

    /** @param problem null if the push succeeded */
    private void warnOnce(@Nullable String problem) {
        if (problem != null && !failing) {
            warnings.accept("metrics cannot be sent to " + endpoint + " (" + problem
                    + "); Stallsight retries every 10 s and does not repeat this warning until a push has succeeded");
        }
        failing = problem != null;
    }

    private static long now() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
