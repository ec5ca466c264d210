package io.stallsight.engine.config;

import io.stallsight.frame.FramePattern;
import io.stallsight.text.Glob;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of one run, checked.
 *
 * @param thresholdBlocking shorter blocking calls are counted, not reported; nanoseconds
 * @param thresholdStall a longer tick is a stall; nanoseconds
 * @param thresholdPool a pool that is full for longer while tasks wait is exhausted; nanoseconds
 * @param thresholdFanOut more connections or requests in flight from one site to one downstream are fan-out
 * @param interval of sampling and periodic events; nanoseconds
 * @param http {@code [host:]port} or null
 * @param httpToken the secret that requests to the dashboard must have, or null
 * @param otlp address of the collector that metrics are pushed to, or null
 * @param detail how much of texts that may hold data of users leaves the JVM
 * @param requests whether the agent knows which request a loop serves
 * @param traceUrl see {@link io.stallsight.engine.fact.Request#link}; or null
 * @param traceEvents whether the current span gets an event for a blocking call or a stall
 * @param values the text of each option by its key, defaults included; secrets are left out
 * @param blockhound which calls the callback of an installed BlockHound gets
 * @param cache the folder of woven classes that other JVMs have left, or null
 */
public record Config(
        Mode mode,
        List<Glob> threads,
        List<Glob> threadsExclude,
        List<String> packages,
        List<FramePattern> allow,
        @Nullable Path catalog,
        long thresholdBlocking,
        long thresholdStall,
        long thresholdPool,
        int thresholdFanOut,
        long interval,
        @Nullable String http,
        @Nullable Secret httpToken,
        @Nullable URI otlp,
        Detail detail,
        BlockHoundCalls blockhound,
        @Nullable Path cache,
        ServedRequests requests,
        @Nullable String traceUrl,
        TraceEvents traceEvents,
        Map<String, String> values) {}
