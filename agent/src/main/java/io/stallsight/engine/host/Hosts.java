package io.stallsight.engine.host;

import io.stallsight.engine.catalog.HostRule;
import io.stallsight.engine.catalog.HostRule.Role;
import io.stallsight.engine.catalog.Point;
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
 * What was found of the application's, handed to the outputs for it on one thread of the agent, which sleeps until
 * there is anything.
 */
public final class Hosts {

    private record Found(Role role, WeakReference<Object> host) {}

    private final long interval;
    private final Map<String, Role> roles = new HashMap<>();
    private final Map<Role, WeakReference<Object>> last = new ConcurrentHashMap<>();
    private final Map<Role, HostOutput> outputs = new EnumMap<>(Role.class);
    private final Set<Role> active = EnumSet.noneOf(Role.class);
    private final Queue<Found> found = new ConcurrentLinkedQueue<>();
    private final AgentThread thread = new AgentThread("hosts", this::work);
    private volatile boolean stopped;

    /** @param interval between refreshes, nanoseconds */
    public Hosts(List<HostRule> rules, long interval) {
        this.interval = interval;
        for (HostRule rule : rules) {
            roles.put(rule.className(), rule.role());
        }
    }

    /** To be called before the start. */
    public void add(Role role, HostOutput output) {
        outputs.put(role, output);
    }

    public void start() {
        thread.start();
    }

    /** Takes everything back; waits for it no longer than two seconds, as the application's locks may be needed. */
    public void stop() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join(2_000);
    }

    /** A hook has met this. On any thread of the application, so nothing is done here. */
    public void seen(Point point, Object host) {
        Role role = roles.get(point.owner());
        if (role != null) {
            seen(role, host);
        }
    }

    /** The application has this. */
    public void seen(Role role, Object host) {
        WeakReference<Object> former = last.get(role);
        if (former != null && former.refersTo(host)) {
            return; // asked for again, as the platform's MBeanServer is
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
                active.add(each.role);
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
