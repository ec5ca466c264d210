package io.stallsight.engine.host;

import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.catalog.rule.HostRule;
import io.stallsight.engine.catalog.rule.HostRule.Role;
import io.stallsight.engine.thread.AgentThread;
import io.stallsight.hook.StallsightErrors;
import java.lang.ref.WeakReference;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Passes hosts that hooks have met on to the outputs for them. A hook only queues the host. The thread
 * {@code stallsight-hosts} calls the outputs, because they call the application's code, which may block. The thread
 * sleeps until the first host comes.
 */
public final class Hosts {

    private record Found(Role role, WeakReference<Object> host) {}

    private static final long STOP_TIMEOUT_MILLIS = 2_000;

    private final long interval;
    private final Map<String, Role> roles = new HashMap<>();
    private final Map<Role, WeakReference<Object>> last = new ConcurrentHashMap<>();
    private final Map<Role, HostOutput> outputs;
    private final Set<Role> active = EnumSet.noneOf(Role.class);
    private final Queue<Found> found = new ConcurrentLinkedQueue<>();
    private final AgentThread thread = AgentThread.lasting("hosts", this::work);
    private volatile boolean stopped;

    /**
     * Creates an instance that is not started.
     *
     * @param rules the catalog's rules: the role of each class with a {@code HOST} point
     * @param outputs the output of each role
     * @param interval time between two refreshes, in nanoseconds
     */
    public Hosts(List<HostRule> rules, Map<Role, HostOutput> outputs, long interval) {
        this.outputs = new EnumMap<>(outputs);
        this.interval = interval;
        for (HostRule rule : rules) {
            roles.put(rule.className(), rule.role());
        }
    }

    public void start() {
        thread.start();
    }

    /**
     * Closes the outputs, on the thread of this class. Waits at most two seconds for that, because an output may wait
     * for locks of the application.
     */
    public void stop() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join(STOP_TIMEOUT_MILLIS);
    }

    /** Called by hooks, on any thread of the application: only queues the host. */
    public void seen(Point point, Object host) {
        Role role = roles.get(point.owner());
        if (role != null) {
            seen(role, host);
        }
    }

    /** Queues a host. Called on any thread. */
    public void seen(Role role, Object host) {
        WeakReference<Object> former = last.get(role);
        if (former != null && former.refersTo(host)) {
            return; // the hook met it again, which is frequent for the platform's MBeanServer
        }
        WeakReference<Object> reference = new WeakReference<>(host);
        last.put(role, reference);
        found.add(new Found(role, reference));
        LockSupport.unpark(thread);
    }

    private void work() {
        long next = System.nanoTime();
        while (!stopped) {
            if (found.isEmpty() && active.isEmpty()) {
                LockSupport.park(this);
            } else if (found.isEmpty()) {
                LockSupport.parkNanos(this, next - System.nanoTime());
            }
            takeFound();
            long now = System.nanoTime();
            if (now - next >= 0) {
                active.forEach(role -> guarded(role, HostOutput::refresh));
                next = now + interval;
            }
        }
        active.forEach(role -> guarded(role, HostOutput::close));
    }

    private void takeFound() {
        for (Found each = found.poll(); each != null; each = found.poll()) {
            Object host = each.host.get();
            if (host != null && !stopped) {
                HostOutput of = outputs.get(each.role);
                if (of != null && of.refreshes()) {
                    active.add(each.role);
                }
                guarded(each.role, output -> output.found(host));
            }
        }
    }

    private interface Action {
        void on(HostOutput output);
    }

    private void guarded(Role role, Action action) {
        HostOutput output = outputs.get(role);
        if (output != null) {
            try {
                action.on(output);
            } catch (RuntimeException | Error e) {
                StallsightErrors.suppress(e);
            }
        }
    }
}
