package io.stallsight.engine.recording;

import io.stallsight.engine.event.RecordedFields;
import io.stallsight.engine.fact.ObservedJvm;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;

/** The JVM that was recorded, read from the first events. */
final class RecordedProcess {

    /** The recording does not have it, so this is the default. */
    private static final long STALL_THRESHOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** {@code OpenJDK 64-Bit Server VM (17.0.15+6) for linux-amd64 JRE (17.0.15+6), built on ...}. */
    private static final Pattern VERSION = Pattern.compile("JRE \\(([^)]+)\\)");

    private long pid = -1;
    private String name = "";
    private String java = "";
    private long started;
    private int cpus;

    /** A recording has the zone only if it was set as a property; else it is that of this machine. */
    private String zone = ZoneId.systemDefault().getId();

    /** By the name of the event. */
    Map<String, Consumer<RecordedEvent>> handlers() {
        return Map.of(
                "jdk.JVMInformation",
                this::jvm,
                "jdk.CPUInformation",
                event -> cpus = (int) RecordedFields.number(event, "hwThreads"),
                "jdk.InitialSystemProperty",
                this::property);
    }

    private void property(RecordedEvent event) {
        if (RecordedFields.text(event, "key").equals("user.timezone")) {
            String value = RecordedFields.text(event, "value");
            zone = value.isEmpty() ? zone : value;
        }
    }

    private void jvm(RecordedEvent event) {
        pid = RecordedFields.number(event, "pid");
        String command = RecordedFields.text(event, "javaArguments");
        int space = command.indexOf(' ');
        String main = space < 0 ? command : command.substring(0, space);
        name = main.endsWith(".jar") ? String.valueOf(Path.of(main).getFileName()) : main;
        Matcher version = VERSION.matcher(RecordedFields.text(event, "jvmVersion"));
        java = version.find() ? version.group(1) : "";
        started = event.hasField("jvmStartTime")
                ? event.getInstant("jvmStartTime").toEpochMilli()
                : 0;
    }

    /** Empty if the JVM was started with a jar, which the recording does not have. */
    String mainClass() {
        return name.endsWith(".jar") ? "" : name.substring(name.indexOf('/') + 1);
    }

    boolean isKnown() {
        return pid >= 0 && cpus > 0;
    }

    /** Of the JDK; that of this JVM if the recording does not have it. */
    int feature() {
        try {
            return Runtime.Version.parse(java).feature();
        } catch (IllegalArgumentException unknownVersion) {
            return Runtime.version().feature();
        }
    }

    /** @param withAgent its version is not recorded */
    ObservedJvm row(boolean withAgent, String detail) {
        return new ObservedJvm(
                pid, name, java, withAgent ? "" : null, started, null, STALL_THRESHOLD_NANOS, cpus, zone, detail, null);
    }
}
