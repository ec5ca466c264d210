/**
 * The dashboard's HTTP server: the page, the picture as JSON and as server-sent events, {@code /metrics}.
 *
 * <p>A request passes these classes in order: {@link io.stallsight.engine.http.HttpServer} accepts the connection,
 * {@code Connection} reads the request, {@code Router} chooses the page, {@code Access} checks the token, and
 * {@link io.stallsight.engine.http.Pages} delivers the content. The engine implements {@code Pages}, so that this
 * package knows no other output. It does not know what a picture contains.
 *
 * <p>Threads: all are the agent's. {@code stallsight-http} accepts connections and closes those of slow clients; each
 * open connection has a thread {@code stallsight-http-<number>}. The HTTP/1.1 implementation is Apache HttpComponents
 * Core, because it needs java.base only and its limits are set per server. The JDK's own server is missing in some
 * {@code java -m} launches, and its limits are system properties of the whole process.
 */
@NullMarked
package io.stallsight.engine.http;

import org.jspecify.annotations.NullMarked;
