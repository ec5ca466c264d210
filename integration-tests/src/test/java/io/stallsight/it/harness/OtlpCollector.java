package io.stallsight.it.harness;

import com.google.protobuf.util.JsonFormat;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Receives pushed metrics, and reads them with the classes of OpenTelemetry. */
public final class OtlpCollector implements AutoCloseable {

    private static final int MAX_SECONDS = 20;

    private final CountDownLatch hasReceived = new CountDownLatch(1);
    private final HttpServer server;
    private final List<ExportMetricsServiceRequest> received = new CopyOnWriteArrayList<>();

    private OtlpCollector(HttpServer server) {
        this.server = server;
    }

    public static OtlpCollector start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        OtlpCollector collector = new OtlpCollector(server);
        server.createContext("/v1/metrics", exchange -> {
            boolean isJson =
                    "application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"));
            ExportMetricsServiceRequest.Builder builder = ExportMetricsServiceRequest.newBuilder();
            JsonFormat.parser()
                    .merge(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), builder);
            collector.received.add(builder.build());
            collector.hasReceived.countDown();
            exchange.sendResponseHeaders(isJson ? 200 : 415, -1);
            exchange.close();
        });
        server.start();
        return collector;
    }

    /** The value of option {@code otlp}. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** An agent at its end waits for a second only: the first request of a busy machine may still be read. */
    public ExportMetricsServiceRequest last() throws InterruptedException {
        if (!hasReceived.await(MAX_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("no request in " + MAX_SECONDS + " s");
        }
        return received.get(received.size() - 1);
    }

    /** The metric of this name in the last request. */
    public Metric metric(String name) throws InterruptedException {
        return last().getResourceMetrics(0).getScopeMetrics(0).getMetricsList().stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
