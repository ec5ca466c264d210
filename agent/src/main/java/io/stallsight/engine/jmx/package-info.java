/** The agent as an MBean, in the platform's MBeanServer once the application has asked for that. */
@NullMarked
package io.stallsight.engine.jmx;

import org.jspecify.annotations.NullMarked;
