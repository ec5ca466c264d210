/**
 * Stack frames as text, and the rules that name parts of the code: one meaning for the engine, the API and the test
 * support.
 *
 * <p>Internal, although it lies at the root of the agent's jar: {@code io.stallsight.api} and
 * {@code io.stallsight.junit} need it there, on the application's class path. The engine's loader has a copy of its
 * own, so that a hook never makes the application's loader load a class. An object of these types therefore never
 * crosses the door between test support and engine; its text does. Depends on the JDK only. All classes are immutable
 * or stateless and may be used on any thread.
 */
@NullMarked
package io.stallsight.frame;

import org.jspecify.annotations.NullMarked;
