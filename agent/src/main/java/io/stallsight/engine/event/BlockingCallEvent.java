package io.stallsight.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;

/** A blocking call, committed by the thread that made it, with its stack. */
@Name(CallEvent.NAME)
@Label("Blocking Call")
@Category("Stallsight")
@Description("A blocking call on a thread that must not block")
@Registered(false)
@StackTrace(true)
final class BlockingCallEvent extends CallEvent {}
