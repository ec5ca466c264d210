package app.fanout;

import java.util.concurrent.TimeUnit;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import jdk.jfr.consumer.RecordedEvent;

/**
 * Waits until the agent records, then pins the carrier of a virtual thread by a static initialiser that sleeps. Prints
 * the agent's event and the event in a recording of the user. Without virtual threads, prints whether JFR was started.
 */
public final class Pins {

    private static final String PINNED = "stallsight.Pinned";
    private static final String JDK_EVENT = "jdk.VirtualThreadPinned";
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private Pins() {}

    /** @param args {@code recorded}, {@code synchronized} or {@code none} */
    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "recorded" -> recorded(Pins::initialize);
            case "synchronized" -> recorded(Pins::sleepWithMonitor);
            case "none" -> {
                Thread platform = new Thread(Pins::initialize, "platform");
                platform.start();
                platform.join();
                TimeUnit.MILLISECONDS.sleep(300);
                System.out.println("JFR " + FlightRecorder.isInitialized());
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void recorded(Runnable pinning) throws Exception {
        try (Seen seen = Seen.events(PINNED, JDK_EVENT)) {
            awaitWatch();
            runVirtual(pinning);
            RecordedEvent pinned =
                    seen.await(event -> event.getEventType().getName().equals(PINNED));
            System.out.println("SITE " + Seen.text(pinned, "site"));
            System.out.println("REASON " + Seen.text(pinned, "reason"));
            System.out.println("THREAD " + Seen.text(pinned, "virtualThread"));
            System.out.println("MILLIS " + pinned.getDuration().toMillis());
            seen.await(event -> event.getEventType().getName().equals(JDK_EVENT));
            System.out.println("COUNT " + seen.all(PINNED).size() + " "
                    + seen.all(JDK_EVENT).size());
        }
    }

    /** A virtual thread reaches a hook, and the agent starts its recording. */
    private static void awaitWatch() throws Exception {
        runVirtual(() -> sleep(1));
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < TIMEOUT_NANOS) {
            if (FlightRecorder.isInitialized()) {
                for (Recording recording : FlightRecorder.getFlightRecorder().getRecordings()) {
                    if (recording.getName().equals("stallsight-pinned")
                            && recording.getState() == RecordingState.RUNNING) {
                        return;
                    }
                }
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        throw new IllegalStateException("the agent does not watch");
    }

    private static void initialize() {
        if (Plugin.LOADED < 0) {
            throw new IllegalStateException();
        }
    }

    private static synchronized void sleepWithMonitor() {
        sleep(60);
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Virtual threads came with JDK 21, and this is compiled for 17. */
    private static void runVirtual(Runnable body) throws Exception {
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        Class<?> type = Class.forName("java.lang.Thread$Builder");
        Object named = type.getMethod("name", String.class).invoke(builder, "plugin");
        Thread thread = (Thread) type.getMethod("start", Runnable.class).invoke(named, body);
        thread.join();
    }

    /** Sleeps when it is initialised. */
    private static final class Plugin {
        static final long LOADED;

        static {
            sleep(60);
            LOADED = System.nanoTime() >>> 1;
        }
    }
}
