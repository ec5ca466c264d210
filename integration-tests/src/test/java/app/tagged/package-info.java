/**
 * What the services do for tagged requests, for each framework the same. Only the JDK, H2 and OpenTelemetry's API: the
 * projects in {@code src/test/tagged} compile a copy.
 */
package app.tagged;
