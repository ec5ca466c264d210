/**
 * Output: the MBean {@code io.stallsight:type=Agent} in the platform's MBeanServer. The interfaces and the data classes
 * here are its public contract, because clients see their getters as attributes.
 *
 * <p>{@link io.stallsight.engine.jmx.JmxOutput} must load without module java.management; only {@code AgentBean} refers
 * to types of that module.
 *
 * <p>Threads: facts arrive on threads of the agent. {@code stallsight-hosts} registers the MBean and sends
 * notifications. Clients read attributes and call operations on threads of the application.
 */
@NullMarked
package io.stallsight.engine.jmx;

import org.jspecify.annotations.NullMarked;
