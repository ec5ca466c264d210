/**
 * Counts outbound connections and requests by downstream and by site, and reports a site that begins too many at once.
 * {@link io.stallsight.engine.connection.OutboundConnections} drives the room. The threads that connect or send only
 * count; the sampling thread does everything else.
 */
@NullMarked
package io.stallsight.engine.connection;

import org.jspecify.annotations.NullMarked;
