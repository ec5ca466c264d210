package io.stallsight.engine.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** One downstream in one interval. */
@Name("stallsight.Downstream")
@Label("Downstream")
@Category("Stallsight")
@Description("Outbound connections to one remote address in the last interval")
@StackTrace(false)
@Registered(false)
final class DownstreamEvent extends Event {

    @Label("Name")
    @Description("host:port, or the path of a local socket")
    @Nullable
    String name;

    @Label("In Flight")
    @Description("Connections between the begin of their connect and their end")
    int inFlight;

    @Label("Peak")
    @Description("The most of them at once in the interval")
    int peak;

    @Label("High Water")
    @Description("The most of them at once since the downstream was first seen")
    int highWater;

    @Label("Connects")
    @Description("Connects that began in the interval")
    long connects;

    @Label("Failed")
    @Description("Connects that failed in the interval")
    long failed;
}
