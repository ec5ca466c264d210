package io.stallsight.engine.jfr;

import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import org.jspecify.annotations.Nullable;

/** The fields of a blocking call. */
abstract class CallEvent extends Event {

    @Label("Kind")
    @Description("What the call does: SLEEP, LOCK, JDBC, SOCKET, FILE, ...")
    @Nullable
    String kind;

    @Label("API")
    @Description("The outermost API that a developer recognises")
    @Nullable
    String api;

    @Label("Site")
    @Description("The first application frame")
    @Nullable
    String site;

    @Label("Loop Group")
    @Description("The thread's name with digits folded")
    @Nullable
    String loopGroup;

    @Label("Fingerprint")
    @Description("Equal for all calls of one finding, in every instance and after every restart")
    @Nullable
    String fingerprint;

    @Label("Detail")
    @Description("What happened inside the call")
    @Nullable
    String detail;
}
