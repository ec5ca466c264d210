/**
 * Hosts: objects of the application through which the agent exports its measurements, namely a Micrometer registry, an
 * OpenTelemetry or the platform's MBeanServer.
 *
 * <p>Hooks meet hosts at {@code HOST} points of the catalog. {@link io.stallsight.engine.host.Hosts} passes them to the
 * {@link io.stallsight.engine.host.HostOutput} for their role. The outputs themselves are in {@code metrics} and
 * {@code jmx}; this package knows none of them.
 *
 * <p>Threads: hooks call on threads of the application and only queue the host. All else runs on
 * {@code stallsight-hosts}.
 */
@NullMarked
package io.stallsight.engine.host;

import org.jspecify.annotations.NullMarked;
