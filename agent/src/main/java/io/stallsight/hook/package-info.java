/**
 * What woven code calls. These classes are relocated into {@code java.lang} when the agent jar is packaged and defined
 * there at start-up, so that every class of every loader and module can link to them without a change of the boot class
 * path.
 *
 * <p>From the bottom up, each class knows only what is below:
 *
 * <pre>
 * StallsightCalls, Loops, Tasks ...   entry points of woven code, one class for each subject, and its hooks
 * StallsightHook                      what all hooks have in common: guard, errors, the state of the thread
 * StallsightAgent, StallsightEngine   the engine that is attached, and what it provides
 * StallsightStates                    the states of all threads, for those whose thread-locals were cleared
 * StallsightThread                    the state of one thread: what it may do, and the state of each subject
 * StallsightCall, Loop, Run, Queue    state of one subject, private to its class
 * StallsightErrors, Points, Span ...  what needs nothing else
 * </pre>
 *
 * <p>Rules of this package: java.base only; no lambda, no string concatenation, no logging, no file, no JFR (each of
 * these could run woven code or class initialisers in the middle of the JDK). It is not null-marked, because
 * annotations would be a dependency outside of java.base. Simple names start with {@code Stallsight}, as they end up in
 * {@code java.lang}.
 */
package io.stallsight.hook;
