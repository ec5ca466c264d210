/**
 * Entry points of the agent jar: {@code -javaagent}, dynamic attach and {@code java -jar}. They open the engine's
 * loader and call the engine. Nothing here decides or measures, and no error may leave this package: the application
 * starts as if the agent were not there.
 *
 * <p>Boot order. All of it runs on the thread that the JVM gives: {@code main} for {@code -javaagent}, the attach
 * listener for a dynamic attach.
 *
 * <pre>
 *   system loader                  EngineLoader                             boot loader
 *
 *   1 Agent.premain / agentmain
 *   2   opens the EngineLoader
 *   3   calls by reflection -----> Bootstrap.start
 *                                  4   reads options and catalog;
 *                                      returns null if the agent stays off
 *                                  5   HookInjector --- defines ----------> java.lang.Stallsight*  (the hooks)
 *                                  6   Engine.start
 *                                        attaches to ---------------------> the hooks
 *                                        starts the agent's threads
 *                                        weaves classes that are loaded
 *   8   keeps the Runnable &lt;------ 7   returns a Runnable that stops the engine
 *       for a later detach
 * </pre>
 *
 * A class that refers to a hook can only be linked after step 5. That is why {@code Bootstrap} and {@code Engine} are
 * two classes. From step 6 on, woven methods of any loader call the hooks, and the hooks call the engine through their
 * class {@code StallsightEngine}.
 *
 * <p>Loaders. An arrow leads to the loader that is asked for a class.
 *
 * <pre>
 *   boot                           java.*, java.lang.Stallsight*
 *     ^
 *   platform                       the JDK's other modules
 *     ^              ^
 *   system           |             application; io.stallsight.agent, .api, .junit
 *     ^              |
 *     +--------- EngineLoader      io.stallsight.engine.*, ASM, picocli, ...
 *     io.stallsight.api.* and
 *     the attach API only
 * </pre>
 *
 * The application cannot see the engine, and the engine cannot see the application's libraries, so that their versions
 * never meet. Both see {@code java.lang}, where the hooks are.
 */
@NullMarked
package io.stallsight.agent;

import org.jspecify.annotations.NullMarked;
