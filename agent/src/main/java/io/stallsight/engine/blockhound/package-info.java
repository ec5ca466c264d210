/**
 * Compatibility with BlockHound. An application that installs BlockHound configures the engine instead of instrumenting
 * the JVM ({@link io.stallsight.engine.blockhound.BlockHoundSupport}). Its integrations apply even without BlockHound
 * on the class path ({@link io.stallsight.engine.blockhound.Integrations}).
 *
 * <p>This package translates BlockHound's settings into rules and policies of {@code detect} and points of the catalog;
 * it decides nothing by itself. BlockHound's classes belong to the application, so only reflection reaches them.
 *
 * <p>Threads: a builder is installed on the application's thread that calls {@code install()}. Its predicates and its
 * callback run on the thread that is about to block. Integrations run on {@code stallsight-blockhound}.
 */
@NullMarked
package io.stallsight.engine.blockhound;

import org.jspecify.annotations.NullMarked;
