package io.stallsight.engine.catalog;

/**
 * How a class of connections tells its two ends: paths that lead to an {@link java.net.InetSocketAddress} or to the
 * number of a port, and that any thread may follow.
 */
public record AddressRule(String className, String local, String remote) {}
