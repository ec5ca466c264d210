/**
 * The HTTP server: the dashboard's page, the picture as JSON and as server-sent events, {@code /metrics}. Knows no
 * other output: what it shows comes through {@link io.stallsight.engine.http.Pages}, which the engine implements.
 *
 * <p>One thread accepts, one serves each open connection; all of them are the agent's. The HTTP/1.1 of it is Apache
 * HttpComponents Core, which needs nothing but java.base.
 */
@NullMarked
package io.stallsight.engine.http;

import org.jspecify.annotations.NullMarked;
