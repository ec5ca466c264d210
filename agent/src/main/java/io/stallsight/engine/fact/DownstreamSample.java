package io.stallsight.engine.fact;

/**
 * The outbound connections and requests to one downstream in one interval.
 *
 * @param time the end of the interval; see {@link Fact}
 * @param name {@code host:port}, the path of a local socket, or {@code others} for those beyond the first thousand
 * @param connections between the begin of their connect and their end; connects count as begun, and may fail
 * @param requests of HTTP and gRPC clients, between their begin and the answer; many may share a connection
 */
public record DownstreamSample(long time, String name, InFlight connections, InFlight requests) implements Fact {}
