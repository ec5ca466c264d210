package io.stallsight.engine.recording;

import io.stallsight.engine.thread.AgentThread;
import io.stallsight.hook.StallsightErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Recordings of the agent's events for other processes, which read them from JFR's repository. Each ends when its
 * process has ended, in whatever way: nobody has to give it back.
 */
public final class LentRecordings {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final Duration KEEP = Duration.ofSeconds(30);
    private static final String REPOSITORY = "jdk.jfr.repository"; // set by JFR once it has one

    /** A process id comes again, its start does not. */
    private record Borrower(ProcessHandle process, Optional<Instant> start) {
        boolean isAlive() {
            return process.isAlive() && process.info().startInstant().equals(start);
        }
    }

    private final Map<Borrower, OwnRecording> lent = new HashMap<>();
    private @Nullable AgentThread thread;

    /**
     * Starts a recording.
     *
     * @param pid of the process that will read it
     * @return the folder to read from
     * @throws IllegalArgumentException if there is no such process as seen from here
     */
    public synchronized String lend(long pid) {
        ProcessHandle process = ProcessHandle.of(pid)
                .orElseThrow(() -> new IllegalArgumentException("process " + pid
                        + " is not visible there; run the command where the service runs, in the same container"));
        OwnRecording recording =
                new OwnRecording("top-" + pid, KEEP, event -> event.startsWith("stallsight.") ? Map.of() : null);
        recording.start();
        OwnRecording before = lent.put(new Borrower(process, process.info().startInstant()), recording);
        if (before != null) {
            before.close();
        }
        if (thread == null) {
            AgentThread watching = AgentThread.lasting("lent", this::watch);
            thread = watching;
            watching.start();
        }
        return System.getProperty(REPOSITORY, "");
    }

    /** Ends all of them. */
    public synchronized void stop() {
        lent.values().forEach(OwnRecording::close);
        lent.clear();
    }

    private void watch() {
        while (takeBack()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Whether there are still some. */
    private synchronized boolean takeBack() {
        try {
            for (Iterator<Map.Entry<Borrower, OwnRecording>> each =
                            lent.entrySet().iterator();
                    each.hasNext(); ) {
                Map.Entry<Borrower, OwnRecording> entry = each.next();
                if (entry.getKey().isAlive()) {
                    entry.getValue().adapt();
                } else {
                    each.remove();
                    entry.getValue().close();
                }
            }
        } catch (RuntimeException e) {
            StallsightErrors.suppress(e);
        }
        if (lent.isEmpty()) {
            thread = null;
            return false;
        }
        return true;
    }
}
