/**
 * Counts outbound connections by downstream and by site, and reports a site that opens too many at once.
 * {@link io.stallsight.engine.connection.OutboundConnections} drives the room. The threads that connect only count; the
 * sampling thread does everything else. Requests over a connection are not looked at.
 */
@NullMarked
package io.stallsight.engine.connection;

import org.jspecify.annotations.NullMarked;
